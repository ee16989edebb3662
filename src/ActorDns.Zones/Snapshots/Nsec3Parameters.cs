using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>How a zone hashes names for NSEC3: the rdata of its usable NSEC3PARAM (RFC 5155 §4.2).</summary>
public readonly struct Nsec3Parameters
{
    /// <summary>The one hash algorithm that is defined (RFC 5155 §11).</summary>
    internal const byte Sha1 = 1;

    private const int FixedBytes = 5;

    private readonly byte[]? _salt;

    private Nsec3Parameters(ReadOnlySpan<byte> rdata)
    {
        Algorithm = rdata[0];
        Flags = rdata[1];
        Iterations = (ushort)((rdata[2] << 8) | rdata[3]);
        _salt = rdata.Slice(FixedBytes, rdata[4]).ToArray();
    }

    /// <summary>The hash algorithm; 1 is SHA-1.</summary>
    public byte Algorithm { get; }

    /// <summary>The flags of the NSEC3PARAM, always 0 here: records with others are ignored (RFC 5155 §4.1.2).</summary>
    public byte Flags { get; }

    /// <summary>Number of additional times that the hash is applied.</summary>
    public ushort Iterations { get; }

    /// <summary>The salt, 0 to 255 octets.</summary>
    public ReadOnlySpan<byte> Salt => _salt;

    /// <summary>True when an NSEC3 was made with these parameters; its flags may differ (RFC 5155 §3.1.2).</summary>
    internal bool AreThoseOf(ReadOnlySpan<byte> nsec3) =>
        nsec3.Length > FixedBytes
        && nsec3[0] == Algorithm
        && ((nsec3[2] << 8) | nsec3[3]) == Iterations
        && nsec3[FixedBytes..].StartsWith(Salt)
        && nsec3[FixedBytes - 1] == Salt.Length;

    /// <summary>True when some NSEC3PARAM, whatever its flags, is of an algorithm that is known here.</summary>
    internal static bool HasKnownAlgorithm(RecordSetView set)
    {
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            if (rdata.Length > 0 && rdata[0] == Sha1)
                return true;
        }

        return false;
    }

    /// <summary>Takes the first NSEC3PARAM with a known algorithm and no flags.</summary>
    internal static bool TryTake(RecordSetView set, out Nsec3Parameters parameters)
    {
        foreach (ReadOnlySpan<byte> rdata in set)
        {
            if (rdata.Length >= FixedBytes && rdata.Length == FixedBytes + rdata[4] && rdata[0] == Sha1 && rdata[1] == 0)
            {
                parameters = new Nsec3Parameters(rdata);
                return true;
            }
        }

        parameters = default;
        return false;
    }
}

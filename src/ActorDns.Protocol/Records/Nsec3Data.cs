using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>Valid NSEC3 RDATA, read in place (RFC 5155 §3.2).</summary>
public readonly ref struct Nsec3Data
{
    private const byte OptOutFlag = 1;

    /// <summary>Looks at <paramref name="rdata"/>, which has the form of NSEC3.</summary>
    public Nsec3Data(ReadOnlySpan<byte> rdata)
    {
        Parameters = new Nsec3ParamData(rdata);
        ReadOnlySpan<byte> rest = rdata[Parameters.Bytes..];
        NextHashedOwner = rest.Slice(1, rest[0]);
        Bitmap = rest[(1 + rest[0])..];
    }

    /// <summary>Hash algorithm, flags, iterations and salt.</summary>
    public Nsec3ParamData Parameters { get; }

    /// <summary>The next hash of the zone in order, as octets.</summary>
    public ReadOnlySpan<byte> NextHashedOwner { get; }

    /// <summary>The types at the owner; see <see cref="TypeBitmap"/>.</summary>
    public ReadOnlySpan<byte> Bitmap { get; }

    /// <summary>True when unsigned delegations may lie between this hash and the next (RFC 5155 §3.1.2.1).</summary>
    public bool IsOptOut => (Parameters.Flags & OptOutFlag) != 0;

    /// <summary>True when the owner has records of <paramref name="type"/>.</summary>
    public bool Contains(RecordType type) => TypeBitmap.Contains(Bitmap, type);
}

using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Updates;

/// <summary>One record of the prerequisite or update section, names uncompressed (RFC 2136 §2.4, §2.5).</summary>
public readonly struct UpdateRecord
{
    private readonly UpdateOctets _octets;
    private readonly int _at;
    private readonly int _rdataLength;
    private readonly byte _ownerLength;

    internal UpdateRecord(
        UpdateOctets octets, int at, int ownerLength, int rdataLength, RecordType type, RecordClass recordClass, uint ttlBits)
    {
        _octets = octets;
        _at = at;
        _ownerLength = (byte)ownerLength;
        _rdataLength = rdataLength;
        Type = type;
        Class = recordClass;
        TtlBits = ttlBits;
    }

    /// <summary>TYPE; ANY stands for the whole name.</summary>
    public RecordType Type { get; }

    /// <summary>CLASS: that of the zone, ANY or NONE, which say what is meant.</summary>
    public RecordClass Class { get; }

    /// <summary>TTL as sent.</summary>
    public uint TtlBits { get; }

    /// <summary>TTL in seconds; values with the top bit set count as zero (RFC 2181 §8).</summary>
    public uint Ttl => TtlBits > int.MaxValue ? 0 : TtlBits;

    /// <summary>The owner in uncompressed wire form.</summary>
    public ReadOnlySpan<byte> Owner => _octets.Written.Slice(_at, _ownerLength);

    /// <summary>RDATA, names in it uncompressed; valid for its type unless the class is ANY.</summary>
    public ReadOnlySpan<byte> Rdata => _octets.Written.Slice(_at + _ownerLength, _rdataLength);
}

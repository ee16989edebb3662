using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Text;

/// <summary>One record as it was read from a master file, and where it stood.</summary>
public readonly ref struct MasterFileRecord
{
    /// <summary>Owner name, absolute, uncompressed.</summary>
    public ReadOnlySpan<byte> Owner { get; init; }

    /// <summary>TYPE.</summary>
    public RecordType Type { get; init; }

    /// <summary>TTL in seconds, at most 2^31 - 1 (RFC 2181 §8).</summary>
    public uint Ttl { get; init; }

    /// <summary>RDATA, names in it uncompressed.</summary>
    public ReadOnlySpan<byte> Rdata { get; init; }

    /// <summary>The words that the RDATA was read from, from the first on.</summary>
    public RdataText Words { get; init; }

    /// <summary>The file as it was named.</summary>
    public string File { get; init; }

    /// <summary>The line that the record starts on.</summary>
    public int Line { get; init; }

    /// <summary>True when $GENERATE made the record; BIND does not check the names of such.</summary>
    public bool IsGenerated { get; init; }
}

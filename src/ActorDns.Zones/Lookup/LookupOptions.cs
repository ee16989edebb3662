using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Lookup;

/// <summary>What the question, the client and the configuration ask of a lookup.</summary>
public readonly struct LookupOptions
{
    /// <summary>QTYPE.</summary>
    public RecordType Type { get; init; }

    /// <summary>DO: the client wants signatures and proofs (RFC 3225 §3).</summary>
    public bool DnssecOk { get; init; }

    /// <summary>Add the zone's NS set to positive answers.</summary>
    public bool WithAuthority { get; init; }

    /// <summary>Add addresses of names in the answer.</summary>
    public bool WithAdditional { get; init; }

    /// <summary>Answer ANY, and RRSIG, with one set only (RFC 8482 §4.1, §7).</summary>
    public bool MinimalAny { get; init; }

    /// <summary>
    /// Send the SOA of an NXDOMAIN to an SOA question with TTL 0, so that nobody caches that there is no such zone
    /// (<c>zero-no-soa-ttl</c>).
    /// </summary>
    public bool ZeroSoaTtl { get; init; }
}

using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Lookup;

/// <summary>One record set of a planned reply, or a CNAME that a DNAME made up (RFC 6672 §3.1).</summary>
public readonly struct PlanEntry
{
    /// <summary>Where the set goes.</summary>
    public AnswerSection Section { get; init; }

    /// <summary>Its owner as the reply shows it; for a wildcard's answer that is the name asked for (RFC 1034 §4.3.2 step 3c).</summary>
    public PlanName Owner { get; init; }

    /// <summary>The records; a null view for a synthesized CNAME.</summary>
    public RecordSetView Set { get; init; }

    /// <summary>Target of a synthesized CNAME.</summary>
    public PlanName Target { get; init; }

    /// <summary>TTL in seconds to send.</summary>
    public uint Ttl { get; init; }

    /// <summary>True when the set's signatures go with it (RFC 4035 §3.1.1).</summary>
    public bool WithSignatures { get; init; }

    /// <summary>
    /// True when the reply is truncated rather than sent without this set: glue that the client cannot do without (RFC
    /// 9471 §3.1).
    /// </summary>
    public bool IsRequired { get; init; }
}

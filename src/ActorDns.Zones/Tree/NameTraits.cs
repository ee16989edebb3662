namespace ActorDns.Zones.Tree;

/// <summary>What a search needs to know of a name before it looks at its record sets.</summary>
[Flags]
public enum NameTraits : byte
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The name owns NS below the apex: a zone cut (RFC 9499 §7).</summary>
    Delegation = 1,

    /// <summary>The name owns DNAME (RFC 6672 §2.1).</summary>
    Dname = 2,

    /// <summary>The name owns CNAME (RFC 1034 §3.6.2).</summary>
    Cname = 4,

    /// <summary>The first label is the single octet <c>*</c> (RFC 4592 §2.1.1).</summary>
    Wildcard = 8,

    /// <summary>The name owns nothing and exists because a name below it does (RFC 4592 §2.2.2).</summary>
    EmptyNonTerminal = 16,

    /// <summary>The name is the zone's origin.</summary>
    Apex = 32,
}

namespace ActorDns.Zones.Snapshots;

/// <summary>Why records do not make a zone.</summary>
public enum ZoneBuildError
{
    /// <summary>They do.</summary>
    None,

    /// <summary>The apex has no SOA (RFC 1035 §5.2).</summary>
    NoSoa,

    /// <summary>The apex has no NS (RFC 1034 §4.2.1).</summary>
    NoNs,

    /// <summary>The SOA's rdata is too short for its numbers.</summary>
    BadSoa,

    /// <summary>Every NSEC3PARAM is of an unknown hash algorithm, so that nothing could be denied (RFC 5155 §7.4).</summary>
    UnknownNsec3Hash,
}

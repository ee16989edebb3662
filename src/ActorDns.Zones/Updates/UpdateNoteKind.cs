namespace ActorDns.Zones.Updates;

/// <summary>What happened to one record of an update that was otherwise applied.</summary>
public enum UpdateNoteKind
{
    /// <summary>CNAME where there is other data: ignored (RFC 2136 §3.4.2.2).</summary>
    CnameBesideOthers,

    /// <summary>Other data where there is CNAME: ignored (RFC 2136 §3.4.2.2).</summary>
    OthersBesideCname,

    /// <summary>SOA below the apex: ignored.</summary>
    SecondSoa,

    /// <summary>SOA whose serial is not newer: ignored (RFC 2136 §3.6).</summary>
    SoaNotNewer,

    /// <summary>A record of the parent's side at the apex: ignored.</summary>
    ParentTypeAtApex,

    /// <summary>NS or DNAME at a wildcard: ignored.</summary>
    WildcardDelegation,

    /// <summary>MD or MF, which RFC 1035 made obsolete: ignored.</summary>
    ObsoleteType,

    /// <summary>The type that signing keeps its state in: ignored.</summary>
    PrivateType,

    /// <summary>NSEC3PARAM with flags other than opt-out: ignored.</summary>
    Nsec3ParamFlags,

    /// <summary>More records than the policy's <c>TYPE(n)</c> lets exist: ignored.</summary>
    PolicyMaximum,

    /// <summary>Removal of the SOA by itself: ignored (RFC 2136 §3.4.2.4).</summary>
    SoaRemoval,

    /// <summary>Removal of the SOA or the NS set of the apex: ignored (RFC 2136 §3.4.2.3).</summary>
    ApexSetRemoval,

    /// <summary>Removal of the last NS of the apex: ignored (RFC 2136 §3.4.2.4).</summary>
    LastNsRemoval,

    /// <summary>The TTL was cut to <c>max-zone-ttl</c>; the record was added.</summary>
    TtlCut,

    /// <summary>The owner has an asterisk behind its first label; the record was added.</summary>
    InnerWildcard,

    /// <summary>A name that is no host name where one is meant; the record was added.</summary>
    BadHostName,
}

namespace ActorDns.Zones.Loading;

/// <summary>Which checks a zone goes through when it is loaded; the defaults are those of BIND for a primary.</summary>
public sealed record ZoneCheckOptions
{
    /// <summary>The defaults for a zone that comes from somewhere else: what is there is served, host names are warned of.</summary>
    public static ZoneCheckOptions Secondary { get; } = new()
    {
        IsPrimary = false,
        Names = CheckLevel.Warn,
        Mx = CheckLevel.Ignore,
        NsAddresses = CheckLevel.Ignore,
        DuplicateRecords = CheckLevel.Ignore,
        Spf = CheckLevel.Ignore,
        Integrity = false,
        Wildcard = false,
    };

    /// <summary>True for a zone that is maintained here: name servers at the apex without address refuse it.</summary>
    public bool IsPrimary { get; init; } = true;

    /// <summary>Host names of address records and of targets (<c>check-names</c>, RFC 1123 §2.1).</summary>
    public CheckLevel Names { get; init; } = CheckLevel.Fail;

    /// <summary>MX targets that are addresses, or have none (<c>check-mx</c>).</summary>
    public CheckLevel Mx { get; init; } = CheckLevel.Warn;

    /// <summary>MX targets that are aliases (<c>check-mx-cname</c>, RFC 2181 §10.3).</summary>
    public CheckLevel MxCname { get; init; } = CheckLevel.Warn;

    /// <summary>NS targets that are addresses (<c>named-checkzone -n</c>).</summary>
    public CheckLevel NsAddresses { get; init; } = CheckLevel.Warn;

    /// <summary>SRV targets that are aliases (<c>check-srv-cname</c>, RFC 2782).</summary>
    public CheckLevel SrvCname { get; init; } = CheckLevel.Warn;

    /// <summary>Records that differ only in the case of a name (<c>check-dup-records</c>).</summary>
    public CheckLevel DuplicateRecords { get; init; } = CheckLevel.Warn;

    /// <summary>SPF records without a TXT record beside them (<c>check-spf</c>); part of <see cref="Integrity"/>.</summary>
    public CheckLevel Spf { get; init; } = CheckLevel.Warn;

    /// <summary>What NS, MX and SRV point to within the zone (<c>check-integrity</c>).</summary>
    public bool Integrity { get; init; } = true;

    /// <summary>Glue of sibling delegations too (<c>check-sibling</c>).</summary>
    public bool Sibling { get; init; } = true;

    /// <summary>Asterisks that are not the first label (<c>check-wildcard</c>, RFC 4592 §2.1.3).</summary>
    public bool Wildcard { get; init; } = true;

    /// <summary>Most records that the zone may have (<c>max-records</c>); 0 is no limit.</summary>
    public long MaxRecords { get; init; }

    /// <summary>Largest TTL in seconds (<c>max-zone-ttl</c>); null is no limit.</summary>
    public uint? MaxTtlSeconds { get; init; }
}

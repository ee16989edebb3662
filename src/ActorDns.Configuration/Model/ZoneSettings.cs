using System.Collections.Immutable;

namespace ActorDns.Configuration.Model;

/// <summary>The settings in force in a zone: its own, else the view's, else those of <c>options</c>, else the default.</summary>
public sealed record ZoneSettings
{
    /// <summary>Clients whose queries are answered.</summary>
    public required Setting<AddressMatchList> AllowQuery { get; init; }

    /// <summary>Local addresses on which queries are answered.</summary>
    public required Setting<AddressMatchList> AllowQueryOn { get; init; }

    /// <summary>Who may transfer the zone; nobody by default.</summary>
    public required Setting<TransferAccess> AllowTransfer { get; init; }

    /// <summary>Who may update the zone where no update policy decides.</summary>
    public required Setting<AddressMatchList> AllowUpdate { get; init; }

    /// <summary>Whose updates a secondary forwards to its primary.</summary>
    public required Setting<AddressMatchList> AllowUpdateForwarding { get; init; }

    /// <summary>Who besides the primaries may send notifies.</summary>
    public required Setting<AddressMatchList> AllowNotify { get; init; }

    /// <summary>Whom changes are told to.</summary>
    public required Setting<NotifyMode> Notify { get; init; }

    /// <summary>Servers told besides the name servers of the zone.</summary>
    public required Setting<ImmutableArray<RemoteServer>> AlsoNotify { get; init; }

    /// <summary>True when the primary named in the SOA is told too.</summary>
    public required Setting<bool> NotifyToSoa { get; init; }

    /// <summary>The least time between two rounds of notifies.</summary>
    public required Setting<TimeSpan> NotifyDelay { get; init; }

    /// <summary>The time a first notify waits.</summary>
    public required Setting<TimeSpan> NotifyDefer { get; init; }

    /// <summary>Source of notifies over IPv4.</summary>
    public required Setting<SourceAddress> NotifySource { get; init; }

    /// <summary>Source of notifies over IPv6.</summary>
    public required Setting<SourceAddress> NotifySourceV6 { get; init; }

    /// <summary>Source of refreshes, transfers and forwarded updates over IPv4.</summary>
    public required Setting<SourceAddress> TransferSource { get; init; }

    /// <summary>Source of refreshes, transfers and forwarded updates over IPv6.</summary>
    public required Setting<SourceAddress> TransferSourceV6 { get; init; }

    /// <summary>True when differences are asked for.</summary>
    public required Setting<bool> RequestIxfr { get; init; }

    /// <summary>True when the EXPIRE option (RFC 7314) is asked for.</summary>
    public required Setting<bool> RequestExpire { get; init; }

    /// <summary>True when a new version is compared with the old one and the difference kept.</summary>
    public required Setting<bool> IxfrFromDifferences { get; init; }

    /// <summary>The share of the zone in percent above which a difference is not sent; null for any size.</summary>
    public required Setting<int?> MaxIxfrRatioPercent { get; init; }

    /// <summary>Octets of history kept; null for <c>unlimited</c> or the default.</summary>
    public required Setting<long?> MaxJournalSizeBytes { get; init; }

    /// <summary>Records the zone may hold; zero for any number.</summary>
    public required Setting<int> MaxRecords { get; init; }

    /// <summary>Records an RRset may hold; zero for any number.</summary>
    public required Setting<int> MaxRecordsPerType { get; init; }

    /// <summary>RRsets a name may hold; zero for any number.</summary>
    public required Setting<int> MaxTypesPerName { get; init; }

    /// <summary>The longest incoming transfer.</summary>
    public required Setting<TimeSpan> MaxTransferTimeIn { get; init; }

    /// <summary>The longest outgoing transfer.</summary>
    public required Setting<TimeSpan> MaxTransferTimeOut { get; init; }

    /// <summary>The longest standstill of an incoming transfer.</summary>
    public required Setting<TimeSpan> MaxTransferIdleIn { get; init; }

    /// <summary>The longest standstill of an outgoing transfer.</summary>
    public required Setting<TimeSpan> MaxTransferIdleOut { get; init; }

    /// <summary>Lower bound of the SOA refresh time.</summary>
    public required Setting<TimeSpan> MinRefreshTime { get; init; }

    /// <summary>Upper bound of the SOA refresh time.</summary>
    public required Setting<TimeSpan> MaxRefreshTime { get; init; }

    /// <summary>Lower bound of the SOA retry time.</summary>
    public required Setting<TimeSpan> MinRetryTime { get; init; }

    /// <summary>Upper bound of the SOA retry time.</summary>
    public required Setting<TimeSpan> MaxRetryTime { get; init; }

    /// <summary>True when a primary with a lower serial is no news.</summary>
    public required Setting<bool> MultiMaster { get; init; }

    /// <summary>True when a refresh that fails by UDP is tried by TCP.</summary>
    public required Setting<bool> TryTcpRefresh { get; init; }

    /// <summary>True when an SOA record in the authority section for a query of SOA has TTL zero.</summary>
    public required Setting<bool> ZeroNoSoaTtl { get; init; }

    /// <summary>How the zone's file is kept.</summary>
    public required Setting<MasterFileFormat> MasterfileFormat { get; init; }

    /// <summary>How the zone is written as text.</summary>
    public required Setting<MasterFileStyle> MasterfileStyle { get; init; }

    /// <summary>The check of host names (RFC 1123 §2.1).</summary>
    public required Setting<CheckMode> CheckNames { get; init; }

    /// <summary>The check that MX targets are no addresses.</summary>
    public required Setting<CheckMode> CheckMx { get; init; }

    /// <summary>The check that MX targets are no aliases.</summary>
    public required Setting<CheckMode> CheckMxCname { get; init; }

    /// <summary>The check that SRV targets are no aliases.</summary>
    public required Setting<CheckMode> CheckSrvCname { get; init; }

    /// <summary>The check for records that DNSSEC would take as equal.</summary>
    public required Setting<CheckMode> CheckDupRecords { get; init; }

    /// <summary>The check for SPF records without their TXT form.</summary>
    public required Setting<CheckMode> CheckSpf { get; init; }

    /// <summary>True when targets within the zone are looked up.</summary>
    public required Setting<bool> CheckIntegrity { get; init; }

    /// <summary>True when glue of sibling zones is looked up.</summary>
    public required Setting<bool> CheckSibling { get; init; }

    /// <summary>True when wildcards that are not at the leftmost label are reported.</summary>
    public required Setting<bool> CheckWildcard { get; init; }

    /// <summary>True when the names and parameters of SVCB records are checked.</summary>
    public required Setting<bool> CheckSvcb { get; init; }

    /// <summary>The longest TTL the zone may hold; null for any.</summary>
    public required Setting<TimeSpan?> MaxZoneTtl { get; init; }

    /// <summary>How an update raises the serial.</summary>
    public required Setting<SerialUpdateMethod> SerialUpdateMethod { get; init; }

    /// <summary>How much is counted.</summary>
    public required Setting<ZoneStatistics> ZoneStatistics { get; init; }

    /// <summary>The name of the DNSSEC policy; <c>none</c> by default.</summary>
    public required Setting<string> DnssecPolicy { get; init; }

    /// <summary>When forwarders are asked.</summary>
    public required Setting<ForwardMode> Forward { get; init; }

    /// <summary>Servers that queries for names in the zone are forwarded to.</summary>
    public required Setting<ImmutableArray<RemoteServer>> Forwarders { get; init; }
}

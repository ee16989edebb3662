using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Views;

/// <summary>A zone as one view serves it: where its snapshot is published, and who may ask what of it.</summary>
public sealed class ServedZone
{
    /// <summary>Where the zone's writer publishes.</summary>
    public required PublishedZone Published { get; init; }

    /// <summary>Name of the zone.</summary>
    public DomainName Origin => Published.Origin;

    /// <summary>Who may query (<c>allow-query</c>).</summary>
    public MatchList AllowQuery { get; init; } = MatchList.Any;

    /// <summary>Which of our addresses may be queried (<c>allow-query-on</c>).</summary>
    public MatchList AllowQueryOn { get; init; } = MatchList.Any;

    /// <summary>Who may transfer (<c>allow-transfer</c>); nobody unless said.</summary>
    public MatchList AllowTransfer { get; init; } = MatchList.None;

    /// <summary>Primary or secondary.</summary>
    public ZoneRole Role { get; init; }

    /// <summary>Who may update a primary zone (<c>allow-update</c>); nobody unless said.</summary>
    public MatchList AllowUpdate { get; init; } = MatchList.None;

    /// <summary>True when an <c>update-policy</c> decides record by record instead of <see cref="AllowUpdate"/>.</summary>
    public bool HasUpdatePolicy { get; init; }

    /// <summary>Whose updates a secondary passes on to its primary (<c>allow-update-forwarding</c>).</summary>
    public MatchList AllowUpdateForwarding { get; init; } = MatchList.None;

    /// <summary>Whose NOTIFY a secondary listens to: its primaries and <c>allow-notify</c>.</summary>
    public MatchList NotifySources { get; init; } = MatchList.None;

    /// <summary>False answers every IXFR with the whole zone (<c>provide-ixfr</c>).</summary>
    public bool ProvideIxfr { get; init; } = true;

    /// <summary>
    /// Largest difference that is sent, in percent of the zone's records (<c>max-ixfr-ratio</c>); null for any.
    /// </summary>
    public int? MaxIxfrRatioPercent { get; init; }

    /// <summary>Longest transfer out (<c>max-transfer-time-out</c>).</summary>
    public TimeSpan MaxTransferTime { get; init; } = TimeSpan.FromMinutes(120);

    /// <summary>Longest wait for a slow client within a transfer out (<c>max-transfer-idle-out</c>).</summary>
    public TimeSpan MaxTransferIdle { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>True sends the SOA of an NXDOMAIN to an SOA question with TTL 0 (<c>zero-no-soa-ttl</c>).</summary>
    public bool ZeroNoSoaTtl { get; init; } = true;

    /// <summary>Name of the view, for log lines; null in the default view, which logs leave out.</summary>
    public string? ViewName { get; init; }

    /// <summary>The zone as log lines name it, <c>example.com/IN</c> with the view's name behind.</summary>
    public string LogName => ViewName is null
        ? $"{Origin.ToLogString()}/IN"
        : $"{Origin.ToLogString()}/IN/{ViewName}";
}

using ActorDns.Actors.Transfers;

namespace ActorDns.Actors.Maintenance;

/// <summary>What the configuration says about the refresh of a secondary zone.</summary>
public sealed record RefreshSettings
{
    /// <summary>The zone as logs name it.</summary>
    public required string LogName { get; init; }

    /// <summary>Where it is copied from, in the order in which they are asked.</summary>
    public required IReadOnlyList<Primary> Primaries { get; init; }

    /// <summary>Bounds of the SOA's REFRESH.</summary>
    public TimeSpan MinRefresh { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Bounds of the SOA's REFRESH.</summary>
    public TimeSpan MaxRefresh { get; init; } = TimeSpan.FromDays(28);

    /// <summary>Bounds of the SOA's RETRY.</summary>
    public TimeSpan MinRetry { get; init; } = TimeSpan.FromSeconds(500);

    /// <summary>Bounds of the SOA's RETRY.</summary>
    public TimeSpan MaxRetry { get; init; } = TimeSpan.FromDays(14);

    /// <summary>True when an older serial at a primary is no news (<c>multi-master</c>).</summary>
    public bool IsMultiPrimary { get; init; }

    /// <summary>True when a question that failed by UDP is asked by TCP (<c>try-tcp-refresh</c>).</summary>
    public bool TriesTcp { get; init; } = true;

    /// <summary>Longest transfer (<c>max-transfer-time-in</c>).</summary>
    public TimeSpan MaxTransferTime { get; init; } = TimeSpan.FromMinutes(120);

    /// <summary>Longest wait within a transfer (<c>max-transfer-idle-in</c>).</summary>
    public TimeSpan MaxTransferIdle { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Most records; 0 for any number (<c>max-records</c>).</summary>
    public int MaxRecords { get; init; }
}

namespace ActorDns.Server.Transfers;

/// <summary>Limits on outgoing transfers.</summary>
public sealed record TransferSettings
{
    /// <summary>Sessions at once (<c>transfers-out</c>).</summary>
    public int MaxSessions { get; init; } = 10;

    /// <summary>Largest message in octets (<c>transfer-message-size</c>); ours is the largest there is, less the prefix's reach.</summary>
    public int MessageBytes { get; init; } = ushort.MaxValue;

    /// <summary>Longest session (<c>max-transfer-time-out</c>).</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromMinutes(120);

    /// <summary>Longest wait for a slow client (<c>max-transfer-idle-out</c>).</summary>
    public TimeSpan MaxIdle { get; init; } = TimeSpan.FromMinutes(60);
}

namespace ActorDns.Server.Transfers;

/// <summary>Limits on outgoing transfers.</summary>
public sealed record TransferSettings
{
    /// <summary>Sessions at once (<c>transfers-out</c>).</summary>
    public int MaxSessions { get; init; } = 10;

    /// <summary>Largest message in octets (<c>transfer-message-size</c>); unless written, the largest there is.</summary>
    public int MessageBytes { get; init; } = ushort.MaxValue;
}

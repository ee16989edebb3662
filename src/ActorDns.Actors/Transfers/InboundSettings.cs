namespace ActorDns.Actors.Transfers;

/// <summary>The quotas of incoming transfers.</summary>
/// <param name="MaxTransfers">At once (<c>transfers-in</c>).</param>
/// <param name="MaxPerPrimary">At once from one address (<c>transfers-per-ns</c>).</param>
public sealed record InboundSettings(int MaxTransfers = 10, int MaxPerPrimary = 2);

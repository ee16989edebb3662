namespace ActorDns.Host.Metrics;

/// <summary>One reason why the node is not ready.</summary>
/// <param name="What">What is not ready, in one word that does not change.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Since">Since when.</param>
internal sealed record NotReady(string What, string Reason, DateTimeOffset Since);

namespace ActorDns.Kernel;

/// <summary>The fact that a watched actor has ended; a watcher maps it to a message of its own.</summary>
/// <param name="Actor">The actor that has ended.</param>
public sealed record Terminated(ActorRef Actor);

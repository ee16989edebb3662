namespace ActorDns.Actors.Cluster;

/// <summary>How far another node is with the changes of this one.</summary>
/// <param name="Node">Its name.</param>
/// <param name="Incarnation">Its process.</param>
/// <param name="Acknowledged">The last group of this node that it serves.</param>
/// <param name="IsLagging">True when it was late and has not caught up: nobody waits for it.</param>
public sealed record PeerProgress(string Node, Guid Incarnation, long Acknowledged, bool IsLagging);

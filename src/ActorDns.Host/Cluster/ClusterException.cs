namespace ActorDns.Host.Cluster;

/// <summary>A cluster cannot be started or shown; the message is for the operator.</summary>
internal sealed class ClusterException(string message) : Exception(message);

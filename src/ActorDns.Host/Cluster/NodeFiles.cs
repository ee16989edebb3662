namespace ActorDns.Host.Cluster;

/// <summary>Where a node of a run has its files.</summary>
/// <param name="Configuration">Its named.conf.</param>
/// <param name="Settings">Its own settings.</param>
/// <param name="Folder">The folder of both.</param>
internal sealed record NodeFiles(string Configuration, string Settings, string Folder);

namespace ActorDns.Actors.Zones;

/// <summary>What became of a transfer at the zone's writer.</summary>
/// <param name="Status">Whether its content is served.</param>
/// <param name="Reason">Why not; empty when it is.</param>
public sealed record TransferInstallation(TransferInstallationStatus Status, string Reason);

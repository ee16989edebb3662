namespace ActorDns.Storage.Contracts;

/// <summary>A zone as the store knows it.</summary>
/// <param name="Key">Name, class and view.</param>
/// <param name="Head">Newest version and serial.</param>
/// <param name="Import">The file that was read last; null when none was.</param>
public sealed record StoredZone(ZoneKey Key, ZoneHead Head, ImportedFile? Import);

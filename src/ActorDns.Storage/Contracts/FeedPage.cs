namespace ActorDns.Storage.Contracts;

/// <summary>Changes since a position.</summary>
/// <param name="Zones">Zones with new entries, each with the newest version that is visible.</param>
/// <param name="Revisions">Numbers that grow when what they count changes: compare each with what it was.</param>
/// <param name="Next">Where to go on.</param>
public sealed record FeedPage(IReadOnlyList<ZoneHead> Zones, StoreRevisions Revisions, FeedPosition Next);

using ActorDns.Protocol.Text;

namespace ActorDns.Actors.Zones;

/// <summary>What came of a load.</summary>
/// <param name="IsLoaded">True when the new version is served.</param>
/// <param name="Serial">Serial that is served now; null when the zone is not.</param>
/// <param name="Records">Number of records that are served now.</param>
/// <param name="Problems">What was wrong or looked wrong in the file.</param>
public sealed record ZoneLoadOutcome(bool IsLoaded, uint? Serial, long Records, IReadOnlyList<MasterFileProblem> Problems);

using ActorDns.Protocol.Records;
using ActorDns.Protocol.Text;

namespace ActorDns.Actors.Zones;

/// <summary>What a secondary has to serve at start.</summary>
/// <param name="Serial">Serial that is served; null when nothing is.</param>
/// <param name="ExpiresAt">Until when it may be served without a word from a primary; null when that is not known.</param>
/// <param name="Problems">What was wrong or looked wrong in the file.</param>
public sealed record SecondaryContent(Serial? Serial, DateTimeOffset? ExpiresAt, IReadOnlyList<MasterFileProblem> Problems)
{
    /// <summary>True when the store cannot be read now: what it may hold is newer than any file, and nothing is served.</summary>
    public bool IsStoreAway { get; init; }
}

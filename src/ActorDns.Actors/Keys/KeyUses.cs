using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Keys;

/// <summary>Puts uses of one key by one peer together.</summary>
internal static class KeyUses
{
    /// <summary>Most uses that wait for a store that is away; beyond, those of longest ago are given up.</summary>
    private const int MaxWaiting = 4_096;

    /// <summary>One use for each key, peer, node and operation.</summary>
    public static IReadOnlyList<KeyUse> Merge(IEnumerable<KeyUse> uses) =>
    [
        .. from use in uses
           group use by (use.Line, use.Generation, use.Peer, use.Node, use.Operation) into same
           select same.First() with { LastUsed = same.Max(use => use.LastUsed), Count = same.Sum(use => use.Count) },
    ];

    /// <summary>Keeps a list that cannot be written now from growing.</summary>
    public static void Compact(List<KeyUse> uses)
    {
        KeyUse[] merged = [.. Merge(uses).OrderByDescending(use => use.LastUsed).Take(MaxWaiting)];
        uses.Clear();
        uses.AddRange(merged);
    }
}

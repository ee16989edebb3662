namespace ActorDns.Zones.Changes;

/// <summary>
/// How much the histories of a node's zones may keep: each <see cref="ChangeHistory.DefaultMaxBytes"/>, and more as long as there is
/// something left of what they share. Any thread may use it.
/// </summary>
/// <param name="sharedBytes">Octets of changes that all zones together keep above their own share.</param>
public sealed class HistoryBudget(long sharedBytes = HistoryBudget.DefaultSharedBytes)
{
    /// <summary>Octets that zones share unless said otherwise.</summary>
    public const long DefaultSharedBytes = 64 << 20;

    /// <summary>The most that a zone keeps while there is something left, in octets of changes.</summary>
    public const long LargestBytes = 8 << 20;

    private long _used;

    /// <summary>What a zone may keep that changes now, in octets of changes.</summary>
    public long MaxBytes => Volatile.Read(ref _used) < sharedBytes ? LargestBytes : ChangeHistory.DefaultMaxBytes;

    /// <summary>A zone serves one version instead of another.</summary>
    public void Replace(ChangeHistory? before, ChangeHistory? now) => Interlocked.Add(ref _used, Excess(now) - Excess(before));

    private static long Excess(ChangeHistory? history) => Math.Max(0, (history?.Bytes ?? 0) - ChangeHistory.DefaultMaxBytes);
}

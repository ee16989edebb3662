using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Records;

namespace ActorDns.Zones.Changes;

/// <summary>
/// The latest changes of a zone without gaps, as a snapshot carries them: what most IXFR clients need, without a look into the journal.
/// They are kept in blocks, so that what leads on from a version long ago is put together from few. Immutable; an older version's history
/// is a part of a newer one's.
/// </summary>
public sealed class ChangeHistory
{
    /// <summary>Octets of changes that a history keeps unless said otherwise; up to twice as many are in memory.</summary>
    public const long DefaultMaxBytes = 1 << 20;

    /// <summary>Blocks of one level that become one of the next.</summary>
    private const int Fanout = 8;

    private readonly ChangeBlock _block; // The newest; the others follow.
    private readonly ChangeHistory? _older;
    private readonly int _run; // Blocks of the newest one's level in a row.
    private Found? _found;

    private ChangeHistory(ChangeBlock block, ChangeHistory? older, ZoneChange newest)
    {
        _block = block;
        _older = older;
        _run = older?._block.Level == block.Level ? older._run + 1 : 1;
        Newest = newest;
        Count = (older?.Count ?? 0) + block.Count;
        Bytes = (older?.Bytes ?? 0) + block.Bytes;
    }

    /// <summary>The change that led to the version that carries this history.</summary>
    public ZoneChange Newest { get; }

    /// <summary>Number of changes.</summary>
    public int Count { get; }

    /// <summary>Octets of all changes. What blocks of them come to is in memory beside them, once it was asked for.</summary>
    public long Bytes { get; }

    /// <summary>
    /// A history with one more change. It starts anew when the change does not begin where <paramref name="history"/> ends, and forgets
    /// the oldest changes above <paramref name="maxBytes"/>; the newest always stays.
    /// </summary>
    public static ChangeHistory Append(ChangeHistory? history, ZoneChange change, long maxBytes = DefaultMaxBytes)
    {
        if (history is not null && history.Newest.SerialTo != change.SerialFrom)
            history = null;
        ChangeHistory longer = new ChangeHistory(new ChangeBlock(change), history, change).PutTogether();
        return longer.Bytes > 2 * maxBytes ? longer.Shortened(maxBytes) : longer;
    }

    /// <summary>
    /// The changes that lead from a serial to the newest version, oldest first, several of them as one where blocks are whole; false when
    /// they are not all here.
    /// </summary>
    public bool TryFind(Serial from, [NotNullWhen(true)] out IReadOnlyList<ZoneChange>? changes)
    {
        List<ChangeBlock> found = [];
        for (ChangeHistory? at = this; at is not null; at = at._older)
        {
            if (at._block.TryCollect(from, found))
            {
                found.Reverse();
                changes = found.ConvertAll(static block => block.Whole);
                return true;
            }

            found.Add(at._block);
        }

        changes = null;
        return false;
    }

    /// <summary>The same, as one where that is shorter. It is remembered: secondaries of one age ask for the same.</summary>
    public bool TryFindShortest(Serial from, [NotNullWhen(true)] out IReadOnlyList<ZoneChange>? changes)
    {
        if (Volatile.Read(ref _found) is { } known && known.From == from)
        {
            changes = known.Changes;
            return true;
        }

        if (!TryFind(from, out changes))
            return false;
        changes = ZoneChange.Shortest(changes);
        Volatile.Write(ref _found, new Found(from, changes));
        return true;
    }

    private ChangeHistory PutTogether()
    {
        ChangeHistory history = this;
        while (history._run == Fanout)
        {
            ChangeBlock[] parts = new ChangeBlock[Fanout];
            ChangeHistory? at = history;
            for (int i = Fanout - 1; i >= 0; i--, at = at._older)
                parts[i] = at!._block;
            history = new ChangeHistory(new ChangeBlock(parts), at, Newest);
        }

        return history;
    }

    // Copies the newest, so that what is too old can be collected; done once for each maxBytes of changes.
    private ChangeHistory Shortened(long maxBytes)
    {
        List<ChangeBlock> kept = [];
        long room = maxBytes;
        ChangeHistory? at = this;
        while (at is not null && TryKeep(at._block, kept, ref room))
            at = at._older;

        ChangeHistory? history = null;
        for (int i = kept.Count - 1; i >= 0; i--)
            history = new ChangeHistory(kept[i], history, Newest).PutTogether();
        return history!;
    }

    // Keeps a block, or its newest parts that there is room for; false when something was left out. The very newest change is kept anyway.
    private static bool TryKeep(ChangeBlock block, List<ChangeBlock> newestFirst, ref long room)
    {
        if (block.Bytes <= room || block.Level == 0 && newestFirst.Count == 0)
        {
            newestFirst.Add(block);
            room -= block.Bytes;
            return room >= 0;
        }

        for (int i = block.Parts.Length - 1; i >= 0; i--)
        {
            if (!TryKeep(block.Parts[i], newestFirst, ref room))
                return false;
        }

        return false;
    }

    private sealed record Found(Serial From, IReadOnlyList<ZoneChange> Changes);
}

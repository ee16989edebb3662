using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Records;

namespace ActorDns.Zones.Changes;

/// <summary>
/// The latest changes of a zone without gaps, newest first, as a snapshot carries them: what most IXFR clients need, without a look into
/// the journal. Immutable; an older version's history is a part of a newer one's.
/// </summary>
public sealed class ChangeHistory
{
    /// <summary>Octets of changes that a history keeps unless said otherwise; up to twice as many are in memory.</summary>
    public const long DefaultMaxBytes = 1 << 20;

    private readonly ChangeHistory? _older;

    private ChangeHistory(ZoneChange newest, ChangeHistory? older)
    {
        Newest = newest;
        _older = older;
        Count = (older?.Count ?? 0) + 1;
        Bytes = (older?.Bytes ?? 0) + newest.Wire.Length;
    }

    /// <summary>The change that led to the version that carries this history.</summary>
    public ZoneChange Newest { get; }

    /// <summary>Number of changes.</summary>
    public int Count { get; }

    /// <summary>Octets of all changes.</summary>
    public long Bytes { get; }

    /// <summary>
    /// A history with one more change. It starts anew when the change does not begin where <paramref name="history"/> ends, and forgets
    /// the oldest changes above <paramref name="maxBytes"/>; the newest always stays.
    /// </summary>
    public static ChangeHistory Append(ChangeHistory? history, ZoneChange change, long maxBytes = DefaultMaxBytes)
    {
        if (history is not null && history.Newest.SerialTo != change.SerialFrom)
            history = null;
        ChangeHistory longer = new(change, history);
        return longer.Bytes > 2 * maxBytes ? longer.Shortened(maxBytes) : longer;
    }

    /// <summary>The changes that lead from a serial to the newest version, oldest first; false when they are not all here.</summary>
    public bool TryFind(Serial from, [NotNullWhen(true)] out IReadOnlyList<ZoneChange>? changes)
    {
        List<ZoneChange> found = [];
        for (ChangeHistory? at = this; at is not null; at = at._older)
        {
            found.Add(at.Newest);
            if (at.Newest.SerialFrom != from)
                continue;
            found.Reverse();
            changes = found;
            return true;
        }

        changes = null;
        return false;
    }

    // Copies the newest, so that what is too old can be collected; done once for each maxBytes of changes.
    private ChangeHistory Shortened(long maxBytes)
    {
        List<ZoneChange> kept = [];
        long bytes = 0;
        for (ChangeHistory? at = this; at is not null; at = at._older)
        {
            bytes += at.Newest.Wire.Length;
            if (bytes > maxBytes && kept.Count > 0)
                break;
            kept.Add(at.Newest);
        }

        ChangeHistory? history = null;
        for (int i = kept.Count - 1; i >= 0; i--)
            history = new ChangeHistory(kept[i], history);
        return history!;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Actors.Notify;

/// <summary>All that waits for a time, under the one timer of its owner.</summary>
internal sealed class Schedule
{
    private readonly SortedSet<Scheduled> _waiting = new(Comparer<Scheduled>.Create(static (a, b) =>
        a.Due!.Value.CompareTo(b.Due!.Value) is not 0 and int byTime ? byTime : a.Order.CompareTo(b.Order)));

    private long _order;

    /// <summary>The earliest time; null when nothing waits.</summary>
    public TimeSpan? Next => _waiting.Min?.Due;

    /// <summary>Lets something wait until a time, instead of until what it waited for.</summary>
    public void Set(Scheduled item, TimeSpan due)
    {
        Cancel(item);
        item.Due = due;
        item.Order = ++_order;
        _waiting.Add(item);
    }

    /// <summary>Lets something wait no more.</summary>
    public void Cancel(Scheduled item)
    {
        if (item.Due is not null)
            _waiting.Remove(item);
        item.Due = null;
    }

    /// <summary>Takes the earliest of what is due.</summary>
    public bool TryTake(TimeSpan now, [NotNullWhen(true)] out Scheduled? item)
    {
        item = _waiting.Min;
        if (item is null || item.Due > now)
            return false;
        Cancel(item);
        return true;
    }
}

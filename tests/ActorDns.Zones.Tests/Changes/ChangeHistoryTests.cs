using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;

namespace ActorDns.Zones.Tests.Changes;

/// <summary>The changes that a snapshot carries.</summary>
public sealed class ChangeHistoryTests
{
    private static readonly byte[] Origin = DomainName.Parse("example.").Wire.ToArray();

    [Fact]
    public void Changes_from_a_serial_come_oldest_first()
    {
        ChangeHistory history = History(1, 5);
        Assert.True(history.TryFind(new Serial(3), out IReadOnlyList<ZoneChange>? changes));
        Assert.Equal([new Serial(3), new Serial(4)], changes.Select(change => change.SerialFrom));
        Assert.Equal(new Serial(5), changes[^1].SerialTo);
    }

    [Fact]
    public void Serial_that_is_not_kept_is_not_found()
    {
        ChangeHistory history = History(3, 5);
        Assert.False(history.TryFind(new Serial(2), out _));
        Assert.False(history.TryFind(new Serial(5), out _));
    }

    [Fact]
    public void Change_that_starts_elsewhere_begins_a_new_history()
    {
        ChangeHistory history = ChangeHistory.Append(History(1, 3), Change(7, 8));
        Assert.Equal(1, history.Count);
        Assert.False(history.TryFind(new Serial(2), out _));
    }

    [Fact]
    public void Octets_are_bounded_and_the_newest_changes_stay()
    {
        long one = Change(0, 1).Wire.Length;
        ChangeHistory? history = null;
        for (uint serial = 0; serial < 1_000; serial++)
        {
            history = ChangeHistory.Append(history, Change(serial, serial + 1), 10 * one);
            Assert.InRange(history.Bytes, one, 20 * one);
            Assert.Equal(history.Count * one, history.Bytes);
        }

        Assert.True(history!.TryFind(new Serial(995), out _));
        Assert.False(history.TryFind(new Serial(900), out _));
    }

    [Fact]
    public void Change_above_the_bound_stays_alone()
    {
        ChangeHistory history = ChangeHistory.Append(History(1, 5), Change(5, 6), maxBytes: 1);
        Assert.Equal((1, new Serial(6)), (history.Count, history.Newest.SerialTo));
    }

    [Fact]
    public void What_blocks_lead_to_is_what_their_changes_lead_to()
    {
        const uint Last = 600;
        Random random = new(5);
        List<ZoneChange> all = [];
        ChangeHistory? history = null;
        HashSet<int> present = [];
        for (uint serial = 0; serial < Last; serial++)
        {
            int host = random.Next(40);
            all.Add(Change(serial, serial + 1, host, isAddition: present.Add(host)));
            if (!all[^1].Added.GetEnumerator().MoveNext())
                present.Remove(host);
            history = ChangeHistory.Append(history, all[^1], 1 << 14); // Now and then it forgets the oldest.
            for (uint from = 0; from <= serial; from++)
            {
                if (!history.TryFind(new Serial(from), out IReadOnlyList<ZoneChange>? found))
                    continue;
                Assert.Equal((new Serial(from), new Serial(serial + 1)), (found[0].SerialFrom, found[^1].SerialTo));
                Assert.InRange(found.Count, 1, 50);
                if ((from + serial) % 37 == 0)
                    Assert.Equal(Lines(all.Skip((int)from)), Lines(found));
            }
        }

        Assert.InRange(history!.Count, 50, 550);
        Assert.False(history.TryFind(new Serial(Last - (uint)history.Count - 1), out _));
        Assert.True(history.TryFind(new Serial(Last - (uint)history.Count), out _));
    }

    [Fact]
    public void Shortest_is_one_change_and_the_same_for_the_next_who_asks()
    {
        ChangeHistory history = History(1, 50);
        Assert.True(history.TryFindShortest(new Serial(2), out IReadOnlyList<ZoneChange>? first));
        Assert.True(history.TryFindShortest(new Serial(2), out IReadOnlyList<ZoneChange>? again));
        Assert.True(history.TryFindShortest(new Serial(3), out IReadOnlyList<ZoneChange>? other));
        Assert.Same(first, again);
        Assert.Equal((new Serial(2), new Serial(50)), (Assert.Single(first).SerialFrom, first[0].SerialTo));
        Assert.Equal(new Serial(3), other[0].SerialFrom);
    }

    [Fact]
    public void Zones_share_what_they_keep_above_their_own_share()
    {
        HistoryBudget budget = new(sharedBytes: 1);
        Assert.Equal(HistoryBudget.LargestBytes, budget.MaxBytes);
        ChangeHistory? small = History(1, 5);
        budget.Replace(null, small);
        Assert.Equal(HistoryBudget.LargestBytes, budget.MaxBytes);
        ChangeHistory large = small;
        while (large.Bytes <= ChangeHistory.DefaultMaxBytes)
            large = ChangeHistory.Append(large, Change(large.Newest.SerialTo.Value, large.Newest.SerialTo.Value + 1), budget.MaxBytes);
        budget.Replace(small, large);
        Assert.Equal(ChangeHistory.DefaultMaxBytes, budget.MaxBytes);
        budget.Replace(large, null);
        Assert.Equal(HistoryBudget.LargestBytes, budget.MaxBytes);
    }

    private static List<string> Lines(IEnumerable<ZoneChange> changes)
    {
        Assert.True(ZoneChange.TryCondense([.. changes], out ZoneChange? whole));
        return [.. whole.ToText().Split('\n').Order(StringComparer.Ordinal)];
    }

    private static ZoneChange Change(uint from, uint to, int host, bool isAddition)
    {
        byte[] owner = DomainName.Parse($"h{host}.example.").Wire.ToArray();
        ZoneChangeBuilder builder = new();
        builder.SetOldSoa(Origin, 1, Soa(from));
        builder.SetNewSoa(Origin, 1, Soa(to));
        if (isAddition)
            builder.Add(owner, RecordType.A, 1, [192, 0, 2, 1]);
        else
            builder.Remove(owner, RecordType.A, 1, [192, 0, 2, 1]);
        return builder.Build();
    }

    private static ChangeHistory History(uint from, uint to)
    {
        ChangeHistory? history = null;
        for (uint serial = from; serial < to; serial++)
            history = ChangeHistory.Append(history, Change(serial, serial + 1));
        return history!;
    }

    private static ZoneChange Change(uint from, uint to)
    {
        ZoneChangeBuilder builder = new();
        builder.SetOldSoa(Origin, 1, Soa(from));
        builder.SetNewSoa(Origin, 1, Soa(to));
        builder.Add(Origin, RecordType.A, 1, [192, 0, 2, 1]);
        return builder.Build();
    }

    private static byte[] Soa(uint serial) => [0, 0, .. BitConverter.GetBytes(serial).Reverse(), .. new byte[16]];
}

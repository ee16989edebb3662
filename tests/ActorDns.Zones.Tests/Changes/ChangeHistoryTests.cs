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

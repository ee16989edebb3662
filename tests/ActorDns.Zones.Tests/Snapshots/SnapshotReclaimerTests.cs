using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Snapshots;

public sealed class SnapshotReclaimerTests
{
    private ZoneArena _arena = null!;
    private readonly ReaderEpochs _epochs = new();
    private readonly ManualClock _clock = new();
    private readonly SnapshotLeases _leases;
    private readonly SnapshotReclaimer _reclaimer;
    private ZoneSnapshot _zone = null!;

    public SnapshotReclaimerTests()
    {
        _leases = new SnapshotLeases(_clock);
        _reclaimer = new SnapshotReclaimer(_epochs);
        Start(generationLimit: 100_000);
    }

    private void Start(int generationLimit)
    {
        _arena = new ZoneArena(poison: true) { IsShared = true, GenerationLimit = generationLimit };
        ZoneBuilder builder = ZoneSamples.Builder(_arena);
        for (uint number = 0; number < 200; number++)
            builder.Add($"n{number}.example.", RecordType.A, ZoneSamples.Address(number));
        _zone = builder.Build();
    }

    private void Publish(Action<SnapshotEditor> edit)
    {
        using SnapshotEditor editor = new(_zone);
        edit(editor);
        ZoneSnapshot next = editor.Commit();
        _reclaimer.Retire(_zone, next);
        _zone = next;
        _reclaimer.Collect();
    }

    // Adds a record to a name and takes it away again: two versions, the content as before.
    private void Churn(int times)
    {
        for (int time = 0; time < times; time++)
        {
            byte[] owner = ZoneSamples.Wire($"n{time % 200}.example.");
            Publish(editor => editor.Add(owner, RecordType.Txt, 60, [1, (byte)time]));
            Publish(editor => editor.Remove(owner, RecordType.Txt, [1, (byte)time]));
        }
    }

    private SnapshotLease Lease()
    {
        Assert.True(_leases.TryAcquire(_zone, "test", out SnapshotLease? lease));
        return lease;
    }

    [Fact]
    public void Memory_returns_to_its_start_after_churn()
    {
        Churn(1);
        long before = _arena.BytesInUse;
        long reserved = _arena.BytesReserved;
        Churn(500);

        Assert.Equal(before, _arena.BytesInUse);
        Assert.Equal(reserved, _arena.BytesReserved);
        Assert.True(_reclaimer.IsDrained);
    }

    [Fact]
    public void Old_lease_keeps_its_own_version_and_no_other()
    {
        long before = _arena.BytesInUse;
        using SnapshotLease lease = Lease();
        Churn(200);
        long afterOneRound = _arena.BytesInUse;
        Churn(800);

        Assert.Equal(afterOneRound, _arena.BytesInUse);
        Assert.InRange(_arena.BytesInUse, before + 1, before * 2);
        Assert.Equal(200, ZoneSamples.Names(lease.Snapshot.Names).Count - 1);
        lease.Dispose();
        _reclaimer.Collect();
        Assert.Equal(before, _arena.BytesInUse);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(20)]
    public void Leases_ended_in_any_order_leave_nothing_behind(int generationLimit)
    {
        Start(generationLimit);
        Random random = new(5);
        long before = _arena.BytesInUse;
        List<SnapshotLease> held = [];
        for (int round = 0; round < 300; round++)
        {
            if (random.Next(3) == 0)
                held.Add(Lease());
            if (held.Count > 0 && random.Next(4) == 0)
            {
                int at = random.Next(held.Count);
                Assert.Equal(201, ZoneSamples.Names(held[at].Snapshot.Names).Count);
                held[at].Dispose();
                held.RemoveAt(at);
            }

            Churn(random.Next(3));
        }

        held.ForEach(lease => lease.Dispose());
        _reclaimer.Collect();
        Assert.Equal(before, _arena.BytesInUse);
    }

    [Fact]
    public void Nothing_is_freed_while_a_reader_is_in_an_epoch_before_the_publication()
    {
        using ReaderSlot slot = _epochs.Register();
        slot.Enter();
        long before = _arena.BytesInUse;
        Publish(editor => editor.Add(ZoneSamples.Wire("new.example."), RecordType.A, 60, ZoneSamples.Address(1)));
        long during = _arena.BytesInUse;
        Assert.False(_reclaimer.IsDrained);
        slot.Exit();
        _reclaimer.Collect();

        Assert.True(_reclaimer.IsDrained);
        Assert.InRange(_arena.BytesInUse, before, during - 1);
    }

    [Fact]
    public void Reader_that_entered_after_the_publication_holds_nothing_back()
    {
        using ReaderSlot slot = _epochs.Register();
        using SnapshotEditor editor = new(_zone);
        editor.Add(ZoneSamples.Wire("new.example."), RecordType.A, 60, ZoneSamples.Address(1));
        ZoneSnapshot next = editor.Commit();
        _reclaimer.Retire(_zone, next);
        slot.Enter();
        _reclaimer.Collect();

        Assert.True(_reclaimer.IsDrained);
    }

    [Fact]
    public void Version_given_up_can_not_be_leased()
    {
        ZoneSnapshot old = _zone;
        Publish(_ => { });

        Assert.False(_leases.TryAcquire(old, "late", out _));
        using SnapshotLease? current = _leases.Acquire(() => _zone, "current");
        Assert.Same(_zone, current?.Snapshot);
        Assert.Null(_leases.Acquire(() => null, "gone"));
    }

    [Fact]
    public void Lease_is_listed_with_its_age_and_counts_once_however_often_it_ends()
    {
        SnapshotLease lease = Lease();
        _clock.Advance(TimeSpan.FromSeconds(7));
        LeaseInfo info = Assert.Single(_leases.List());
        Assert.Equal((ZoneSamples.Origin, "test", TimeSpan.FromSeconds(7)), (info.Origin, info.Holder, info.Age));
        using SnapshotLease other = Lease();
        lease.Dispose();
        lease.Dispose();

        Assert.Equal(1, _leases.Count);
        Assert.Equal(1, _zone.Pins);
    }

    [Fact]
    public void Arena_of_a_zone_taken_away_goes_with_its_last_lease()
    {
        SnapshotLease first = Lease();
        Publish(editor => editor.Add(ZoneSamples.Wire("new.example."), RecordType.A, 60, ZoneSamples.Address(1)));
        SnapshotLease second = Lease();
        _reclaimer.Retire(_zone, null);
        _reclaimer.Collect();
        second.Dispose();
        _reclaimer.Collect();
        Assert.False(_arena.IsDisposed);
        first.Dispose();
        _reclaimer.Collect();

        Assert.True(_arena.IsDisposed);
        Assert.True(_reclaimer.IsDrained);
    }

    [Fact]
    public void Arena_of_a_reloaded_zone_goes_while_the_new_one_stays()
    {
        ZoneArena fresh = new(poison: true) { IsShared = true };
        ZoneSnapshot reloaded = ZoneSamples.Builder(fresh).Build();
        _reclaimer.Retire(_zone, reloaded);
        _reclaimer.Collect();

        Assert.True(_arena.IsDisposed);
        Assert.False(fresh.IsDisposed);
    }

    [Fact]
    public void Versions_never_published_are_freed_with_the_publication_of_a_later_one()
    {
        long before = _arena.BytesInUse;
        ZoneSnapshot last = _zone;
        for (int version = 0; version < 10; version++)
        {
            using SnapshotEditor editor = new(last);
            NameContent content = editor.Open(ZoneSamples.Wire("n7.example."));
            content.Clear();
            content.Add(RecordType.A, 60, ZoneSamples.Address((uint)(version == 9 ? 7 : version + 1000)));
            last = editor.Commit();
        }

        _reclaimer.Retire(_zone, last);
        _reclaimer.Collect();
        Assert.Equal(before, _arena.BytesInUse);
    }

    [Fact]
    public void Discarded_versions_leave_memory_and_zone_as_they_were()
    {
        long before = _arena.BytesInUse;
        List<ZoneSnapshot> made = [_zone];
        for (uint version = 0; version < 60; version++)
        {
            using SnapshotEditor editor = new(made[^1]);
            editor.Add(ZoneSamples.Wire($"x{version}.y.example."), RecordType.A, 60, ZoneSamples.Address(version));
            editor.Remove(ZoneSamples.Wire($"n{version}.example."), RecordType.A, ZoneSamples.Address(version));
            made.Add(editor.Commit());
        }

        for (int at = made.Count - 1; at > 0; at--)
            SnapshotReclaimer.Discard(made[at]);

        Assert.Equal(before, _arena.BytesInUse);
        Assert.Equal(201, ZoneSamples.Names(_zone.Names).Count);
        Churn(3);
        Assert.Equal(before, _arena.BytesInUse);
    }

    [Fact]
    public void Published_version_can_not_be_discarded()
    {
        Churn(1);

        Assert.Throws<InvalidOperationException>(() => SnapshotReclaimer.Discard(_zone));
    }
}

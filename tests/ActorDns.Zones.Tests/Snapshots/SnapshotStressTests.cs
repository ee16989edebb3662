using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Snapshots;

public sealed class SnapshotStressTests
{
    private const int Commits = 4_000;
    private const int NameSpace = 2_000;

    private readonly ReaderEpochs _epochs = new();
    private readonly SnapshotLeases _leases = new(TimeProvider.System);
    private volatile ZoneSnapshot? _published;
    private volatile bool _isOver;

    [Fact]
    public void Readers_see_whole_versions_while_a_writer_edits_and_freed_memory_is_poisoned()
    {
        ZoneArena arena = new(poison: true) { IsShared = true, GenerationLimit = 700 };
        ZoneSnapshot first = ZoneSamples.Builder(arena).Build();
        _published = first;
        List<Exception> failures = [];
        Thread[] readers =
        [
            Reader(() => ReadInEpochs(1), failures), Reader(() => ReadInEpochs(2), failures),
            Reader(() => ReadWithLeases(3), failures), Reader(() => ReadWithLeases(4), failures),
        ];
        SnapshotReclaimer reclaimer = new(_epochs);
        try
        {
            Write(reclaimer);
        }
        finally
        {
            _isOver = true;
            foreach (Thread reader in readers)
                reader.Join();
        }

        Assert.Empty(failures);
        reclaimer.Collect();
        Assert.True(reclaimer.IsDrained);
        CheckWhole(_published);
        reclaimer.Retire(_published, null);
        reclaimer.Collect();
        Assert.True(arena.IsDisposed);
    }

    private static Thread Reader(Action body, List<Exception> failures)
    {
        Thread thread = new(() =>
        {
            try
            {
                body();
            }
            catch (Exception failure)
            {
                lock (failures)
                    failures.Add(failure);
            }
        });
        thread.Start();
        return thread;
    }

    private void Write(SnapshotReclaimer reclaimer)
    {
        Random random = new(20);
        uint sum = 0;
        Dictionary<int, uint> values = [];
        for (uint commit = 1; commit <= Commits; commit++)
        {
            ZoneSnapshot current = _published!;
            using SnapshotEditor editor = new(current);
            for (int edit = random.Next(1, 30); edit > 0; edit--)
            {
                int number = random.Next(NameSpace);
                NameContent content = editor.Open(OwnerOf(number));
                content.Clear();
                if (values.Remove(number, out uint old))
                    sum -= old;
                if (random.Next(5) < 2)
                    continue;
                uint value = (uint)random.Next();
                sum += value;
                values.Add(number, value);
                content.Add(RecordType.A, 60, ZoneSamples.Address(value));
                content.Add(RecordType.Txt, 60, Check(OwnerOf(number), value, random.Next(1, 90)));
            }

            NameContent apex = editor.Open(ZoneSamples.Origin.Wire);
            apex.Remove(RecordType.Soa);
            apex.Add(RecordType.Soa, 3600, ZoneSamples.Soa(commit + 1, sum));
            ZoneSnapshot next = editor.Commit();
            if (random.Next(10) == 0)
            {
                // A version that is made and thrown away again must not disturb anybody.
                using SnapshotEditor scratch = new(next);
                scratch.Open(OwnerOf(random.Next(NameSpace))).Add(RecordType.A, 1, ZoneSamples.Address(0));
                if (random.Next(2) == 0)
                    SnapshotReclaimer.Discard(scratch.Commit());
            }

            _published = next;
            reclaimer.Retire(current, next);
            reclaimer.Collect();
        }
    }

    [SkipLocalsInit]
    private void ReadInEpochs(int seed)
    {
        Random random = new(seed);
        using ReaderSlot slot = _epochs.Register();
        Unsafe.SkipInit(out TreeSearch search);
        while (!_isOver)
        {
            slot.Enter();
            ZoneSnapshot zone = _published!;
            for (int query = 0; query < 32; query++)
            {
                byte[] owner = OwnerOf(random.Next(NameSpace));
                zone.Names.Search(owner, ref search);
                if (!search.Exact.IsNull)
                    CheckName(search.Exact, owner);
                Assert.True(WireName.Equal(search.Ancestor(0).Owner, ZoneSamples.Origin.Wire));
                Assert.True(WireName.IsAtOrBelow(owner, search.Closest.Owner));
                NameView before = zone.Names.Before(owner);
                Assert.True(WireName.CompareCanonical(before.Owner, owner) < 0);
            }

            slot.Exit();
        }
    }

    private void ReadWithLeases(int seed)
    {
        Random random = new(seed);
        Queue<SnapshotLease> held = new();
        while (!_isOver)
        {
            held.Enqueue(_leases.Acquire(() => _published, "stress")!);
            CheckWhole(held.Peek().Snapshot);
            while (held.Count > random.Next(4))
                held.Dequeue().Dispose();
        }

        foreach (SnapshotLease lease in held)
            lease.Dispose();
    }

    private static void CheckWhole(ZoneSnapshot zone)
    {
        uint sum = 0;
        int names = 0;
        foreach (NameView name in zone.Names.Walk())
        {
            names++;
            if ((name.Traits & (NameTraits.Apex | NameTraits.EmptyNonTerminal)) == 0)
                sum += CheckName(name, name.Owner);
        }

        Assert.Equal(zone.Names.NameCount, names);
        if (zone.Serial.Value > 1)
            Assert.Equal(BinaryPrimitives.ReadUInt32BigEndian(zone.Soa.First[^4..]), sum);
    }

    private static uint CheckName(NameView name, ReadOnlySpan<byte> owner)
    {
        Assert.True(WireName.Equal(name.Owner, owner));
        if (name.SetCount == 0)
            return 0;
        Assert.True(name.TryFind(RecordType.A, out RecordSetView address));
        Assert.True(name.TryFind(RecordType.Txt, out RecordSetView text));
        uint value = BinaryPrimitives.ReadUInt32BigEndian(address.First);
        Assert.True(text.First.SequenceEqual(Check(owner, value, text.First.Length)));
        return value;
    }

    private static byte[] Check(ReadOnlySpan<byte> owner, uint value, int length)
    {
        byte[] rdata = new byte[length];
        uint state = WireName.Hash(owner) ^ value;
        for (int at = 0; at < length; at++)
            rdata[at] = (byte)(state = (state * 1664525) + 1013904223);
        return rdata;
    }

    private static byte[] OwnerOf(int number) =>
        ZoneSamples.Wire(number % 3 == 0 ? $"n{number}.example." : $"x{number}.n{number % 97}.example.");
}

using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline.KeyUses;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Pipeline;

public sealed class KeyUseTableTests
{
    private static readonly TsigKey One = Key("one.");
    private static readonly TsigKey Two = Key("two.");

    [Fact]
    public void Uses_are_given_once_with_their_number_and_last_time()
    {
        KeyUseTable table = new();
        table.Count(One, Peer(1), KeyOperation.Update, 10);
        table.Count(One, Peer(1), KeyOperation.Update, 12);
        table.Count(Two, Peer(1), KeyOperation.Update, 11);
        table.Count(One, Peer(2), KeyOperation.Query, 13);

        Assert.Equal(
            [
                new SeenKey(One, Peer(1), KeyOperation.Update, 12, 2),
                new SeenKey(Two, Peer(1), KeyOperation.Update, 11, 1),
                new SeenKey(One, Peer(2), KeyOperation.Query, 13, 1),
            ],
            Collect(table));
        Assert.Empty(Collect(table));
        table.Count(One, Peer(2), KeyOperation.Query, 20);
        Assert.Equal([new SeenKey(One, Peer(2), KeyOperation.Query, 20, 1)], Collect(table));
    }

    [Fact]
    public void Peers_that_are_too_many_are_counted_together_and_none_is_lost()
    {
        KeyUseTable table = new();
        for (uint peer = 1; peer <= 10_000; peer++)
            table.Count(One, Peer(peer), KeyOperation.Query, peer);

        List<SeenKey> seen = Collect(table);

        Assert.InRange(seen.Count, 100, 512);
        Assert.Equal(10_000, seen.Sum(use => use.Count));
        Assert.Equal(10_000, seen.Single(use => use.Peer is null).LastUnixSeconds);
    }

    [Fact]
    public void Full_table_starts_over_and_knows_new_peers_by_name_again()
    {
        KeyUseTable table = new();
        for (uint peer = 1; peer <= 1_000; peer++)
            table.Count(One, Peer(peer), KeyOperation.Query, 1);
        Collect(table);
        Assert.Empty(Collect(table));

        table.Count(One, Peer(5_000), KeyOperation.Query, 2);
        table.Count(One, Peer(1), KeyOperation.Query, 3);

        Assert.Equal(
            [new SeenKey(One, Peer(5_000), KeyOperation.Query, 2, 1), new SeenKey(One, Peer(1), KeyOperation.Query, 3, 1)],
            Collect(table));
    }

    [Fact]
    public void Counting_allocates_nothing_after_the_first_use()
    {
        KeyUseTable table = new();
        table.Count(One, Peer(1), KeyOperation.Query, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (uint peer = 0; peer < 2_000; peer++)
            table.Count(One, Peer(peer), KeyOperation.Update, peer);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Reader_beside_the_worker_sees_every_use_and_never_half_an_entry()
    {
        KeyUseTable table = new();
        const int uses = 200_000;
        Task worker = Task.Run(() =>
        {
            for (int at = 0; at < uses; at++)
                table.Count(at % 2 == 0 ? One : Two, Peer((uint)(at % 2) + 1), at % 2 == 0 ? KeyOperation.Query : KeyOperation.Notify, 7);
        }, TestContext.Current.CancellationToken);
        long seen = 0;
        bool isTorn = false;
        while (!worker.IsCompleted)
            Collect(table).ForEach(Take);
        await worker;
        Collect(table).ForEach(Take);

        Assert.Equal(uses, seen);
        Assert.False(isTorn);

        void Take(SeenKey use)
        {
            seen += use.Count;
            isTorn |= use != (ReferenceEquals(use.Key, One)
                ? new SeenKey(One, Peer(1), KeyOperation.Query, 7, use.Count)
                : new SeenKey(Two, Peer(2), KeyOperation.Notify, 7, use.Count));
        }
    }

    private static List<SeenKey> Collect(KeyUseTable table)
    {
        List<SeenKey> seen = [];
        table.Collect(seen.Add);
        return seen;
    }

    private static NetAddress Peer(uint number) => NetAddress.FromIPv4(0xC0000000 + number);

    private static TsigKey Key(string name) =>
        new(DomainName.Parse(name), TsigAlgorithm.HmacSha256, TsigSecret.CreateRandom(TsigAlgorithm.HmacSha256));
}

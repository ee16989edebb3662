using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;

namespace ActorDns.Storage.Tests.PostgreSql;

public sealed partial class PostgreSqlClusterTests
{
    [Fact]
    public async Task Head_that_is_held_makes_the_others_wait_and_lose()
    {
        long zone = await AddZoneAsync("one.example.");
        PostgreSqlStore other = Connect();
        await using IHeldHead held = Done(await _store.Journal.HoldAsync(zone, Stop));
        Task<StoreResult<IReadOnlyList<ZoneOutcome>>> theirs = other.Journal.AppendAsync(Group(zone, 0), Stop).AsTask();
        await _server.UntilAsync(
            Database, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()", "1");
        Assert.False(theirs.IsCompleted);

        Assert.Equal(ZoneOutcomeStatus.Won, Done(await held.AppendAsync(Group(zone, 0), Stop))[0].Status);

        ZoneOutcome lost = Done(await theirs)[0];
        Assert.Equal((ZoneOutcomeStatus.Lost, 1L), (lost.Status, lost.Head.Version));
    }

    [Fact]
    public async Task Head_whose_holder_falls_silent_is_free_again_and_its_late_append_writes_nothing()
    {
        long zone = await AddZoneAsync("one.example.");
        PostgreSqlStore silent = Connect(
            new PostgreSqlStoreOptions(_connection) { IdleTransactionTimeout = TimeSpan.FromMilliseconds(200) });
        await using IHeldHead held = Done(await silent.Journal.HoldAsync(zone, Stop));

        await AppendAsync(zone, 0);

        Assert.Equal(StoreStatus.Unavailable, (await held.AppendAsync(Group(zone, 0), Stop)).Status);
        Assert.Equal(1, Done(await _store.Zones.FindAsync(zone, Stop)).Head.Version);
    }

    [Fact]
    public async Task Slow_node_that_holds_the_head_after_a_loss_does_not_starve_beside_a_fast_one()
    {
        long zone = await AddZoneAsync("one.example.");
        const int wanted = 20;
        int losses = 0;
        bool isEnough = false;
        PostgreSqlStore fast = Connect();
        PostgreSqlStore slow = Connect();
        Task writing = Task.Run(
            async () =>
            {
                long version = 0;
                while (!Volatile.Read(ref isEnough))
                    version = Done(await fast.Journal.AppendAsync(Group(zone, version), Stop))[0].Head.Version;
            },
            Stop);

        long head = 0;
        for (int won = 0; won < wanted; won++)
        {
            // As slow as can be: the other one has always written since.
            while (Done(await slow.Zones.FindAsync(zone, Stop)).Head.Version == head)
                Assert.False(writing.IsCompleted);
            if (Done(await slow.Journal.AppendAsync(Group(zone, head), Stop))[0].Status == ZoneOutcomeStatus.Lost)
                losses++;
            await using IHeldHead held = Done(await slow.Journal.HoldAsync(zone, Stop));
            Done(await slow.Journal.ReadAfterAsync(zone, head, int.MaxValue, long.MaxValue, Stop));
            ZoneOutcome outcome = Done(await held.AppendAsync(Group(zone, held.Head.Version), Stop))[0];
            Assert.Equal(ZoneOutcomeStatus.Won, outcome.Status);
            head = outcome.Head.Version;
        }

        Volatile.Write(ref isEnough, true);
        await writing;
        Assert.Equal(wanted, losses);
    }

    [Fact]
    public async Task Nodes_that_hammer_one_zone_all_make_progress()
    {
        long zone = await AddZoneAsync("one.example.");
        const int nodes = 3, wanted = 25;

        int[] losses = await Task.WhenAll(Enumerable.Range(0, nodes).Select(_ => Task.Run(
            async () =>
            {
                PostgreSqlStore store = Connect();
                int lost = 0;
                long head = 0;
                for (int won = 0; won < wanted; won++)
                {
                    ZoneOutcome outcome = Done(await store.Journal.AppendAsync(Group(zone, head), Stop))[0];
                    if (outcome.Status == ZoneOutcomeStatus.Lost)
                    {
                        lost++;
                        await using IHeldHead held = Done(await store.Journal.HoldAsync(zone, Stop));
                        outcome = Done(await held.AppendAsync(Group(zone, held.Head.Version), Stop))[0];
                    }

                    Assert.Equal(ZoneOutcomeStatus.Won, outcome.Status);
                    head = outcome.Head.Version;
                }

                return lost;
            },
            Stop)));

        Assert.Contains(losses, lost => lost > 0);
        Assert.Equal(
            $"{nodes * wanted}|{nodes * wanted}",
            await SqlAsync("SELECT max(version), count(DISTINCT serial_from) FROM journal"));
    }

    [Fact]
    public async Task Groups_of_many_zones_in_opposite_orders_end_without_a_deadlock()
    {
        List<long> zones = [];
        for (int number = 0; number < 40; number++)
            zones.Add(await AddZoneAsync($"zone{number}.example."));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(
            async () =>
            {
                PostgreSqlStore store = Connect();
                long[] order = [.. writer % 2 == 0 ? zones : Enumerable.Reverse(zones)];
                Dictionary<long, long> heads = zones.ToDictionary(zone => zone, _ => 0L);
                for (int round = 0; round < 15; round++)
                {
                    ZoneAppend[] appends = [.. order.Select(zone => Group(zone, heads[zone]).Zones[0])];
                    foreach (ZoneOutcome outcome in Done(
                        await store.Journal.AppendAsync(new AppendGroup(Guid.NewGuid(), _identity.Epoch, appends), Stop)))
                    {
                        heads[outcome.ZoneId] = outcome.Head.Version;
                    }
                }
            },
            Stop)));

        string whole = "SELECT bool_and(version >= 15 AND version = (SELECT count(*) FROM journal j WHERE j.zone_id = z.id)) FROM zone z";
        Assert.Equal("t", await SqlAsync(whole));
    }

    [Fact]
    public async Task Lease_is_timed_by_the_database_and_its_former_holder_is_fenced_off()
    {
        long zone = await AddZoneAsync("one.example.");
        PostgreSqlStore other = Connect();
        Lease first = Done(await _store.Leases.AcquireAsync("steward/1", "node-a", TimeSpan.FromMinutes(1), Stop));
        string left = await SqlAsync(
            "SELECT held_until - clock_timestamp() BETWEEN interval '1 second' AND interval '1 minute' FROM lease");
        Assert.Equal("node-a", Done(await other.Leases.AcquireAsync("steward/1", "node-b", TimeSpan.FromMinutes(1), Stop)).Holder);

        // Over by the only clock that counts; the clocks of the nodes have not moved.
        await SqlAsync("UPDATE lease SET held_until = clock_timestamp()");
        Lease second = Done(await other.Leases.AcquireAsync("steward/1", "node-b", TimeSpan.FromMinutes(1), Stop));
        ZoneAppend append = Group(zone, 0).Zones[0];
        ZoneOutcome fenced = Done(await _store.Journal.AppendAsync(Group(append with { Lease = first.Token }), Stop))[0];
        ZoneOutcome taken = Done(await other.Journal.AppendAsync(Group(append with { Lease = second.Token }), Stop))[0];

        Assert.Equal("t", left);
        Assert.Equal(("node-b", first.Token.Number + 1), (second.Holder, second.Token.Number));
        Assert.Equal((ZoneOutcomeStatus.Fenced, ZoneOutcomeStatus.Won), (fenced.Status, taken.Status));
        Assert.False(Done(await _store.Leases.ReleaseAsync(first.Token, Stop)));
        Assert.Equal(second, Done(await _store.Leases.AcquireAsync("steward/1", "node-a", TimeSpan.FromMinutes(1), Stop)));
    }

    private AppendGroup Group(ZoneAppend append) => new(Guid.NewGuid(), _identity.Epoch, [append]);
}

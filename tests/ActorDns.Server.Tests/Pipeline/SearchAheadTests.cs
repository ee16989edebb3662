using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>Searching ahead for a whole batch changes no reply.</summary>
public sealed class SearchAheadTests
{
    private const int Seed = 20_251_125;

    private const string Parent = """
        $TTL 1h
        @ SOA ns1 hostmaster 7 2h 15m 2w 5m
        @ NS ns1
        ns1 A 192.0.2.1
        www A 192.0.2.80
        *.wild A 192.0.2.5
        old DNAME new
        x.new A 192.0.2.4
        out CNAME www.child
        sub NS ns.sub
        ns.sub A 192.0.2.6
        child NS ns.child
        child DS 1 13 2 0000000000000000000000000000000000000000000000000000000000000000
        ns.child A 192.0.2.7
        """;

    private static readonly string[] Names =
    [
        "example.", "www.example.", "WWW.EXAMPLE.", "a.wild.example.", "x.old.example.", "out.example.", "h.sub.example.", "none.example.",
        "child.example.", "www.child.example.", "www.signed.", "none.signed.", "a.wild.signed.", "elsewhere.", ".",
    ];

    [Fact]
    public void Batch_is_answered_as_its_requests_are_one_by_one()
    {
        using TestServer server = new(Zones());
        Random random = new(Seed);
        RecordType[] types = [RecordType.A, RecordType.Ds, RecordType.Soa, RecordType.Any, RecordType.Txt];
        for (int batch = 0; batch < 200; batch++)
        {
            byte[][] messages = new byte[random.Next(1, 65)][];
            for (int i = 0; i < messages.Length; i++)
            {
                QueryOptions options = new() { Edns = random.Next(2) == 0, DnssecOk = random.Next(2) == 0 };
                messages[i] = server.Query(Names[random.Next(Names.Length)], types[random.Next(types.Length)], options);
                if (random.Next(10) == 0)
                    messages[i] = messages[i][..random.Next(1, messages[i].Length)];
            }

            byte[][] alone = [.. messages.Select(message => server.Send(message))];
            Assert.Equal(alone, server.SendBatch(messages));
        }
    }

    [Fact]
    public void Zone_that_changes_after_the_search_is_answered_from_the_new_version()
    {
        ServedZone zone = TestZones.Serve("example.", Parent);
        using TestServer server = new(zone);
        byte[][] messages = [.. Enumerable.Repeat(server.Query("www.example.", RecordType.A), 8)];
        ZoneSnapshot next = TestZones.Load("example.", Parent.Replace("192.0.2.80", "192.0.2.81", StringComparison.Ordinal));
        byte[][] replies = server.SendBatch(messages, () => zone.Published.Publish(next));
        Assert.All(replies, reply => Assert.Equal(["www.example. 3600 A 192.0.2.81"], new Reply(reply).Answer));
    }

    [Fact]
    public void View_that_was_not_searched_ahead_answers_from_its_own_zone()
    {
        View inner = new()
        {
            Name = "inner",
            MatchClients = MatchList.Create([MatchElement.Key(TestServer.Key.Name)]),
            Zones = new ZoneTable([TestZones.Serve("example.", Parent)]),
        };
        View outer = new()
        {
            Name = "outer",
            Zones = new ZoneTable([TestZones.Serve("example.", Parent.Replace("192.0.2.80", "192.0.2.81", StringComparison.Ordinal))]),
        };
        using TestServer server = new(inner, outer);
        byte[] signed = server.Query("www.example.", RecordType.A, new QueryOptions { Key = TestServer.Key });
        byte[] open = server.Query("www.example.", RecordType.A);
        byte[][] replies = server.SendBatch([signed, open, signed, open, signed, open]);
        for (int i = 0; i < replies.Length; i++)
            Assert.Equal([$"www.example. 3600 A 192.0.2.{80 + (i % 2)}"], new Reply(replies[i]).Answer);
    }

    private static ServedZone[] Zones() =>
    [
        TestZones.Serve("example.", Parent),
        TestZones.Serve("child.example.", "@ 1h SOA ns h 1 2h 15m 2w 5m\n@ 1h NS ns\nns 1h A 192.0.2.7\nwww 1h A 192.0.2.90\n"),
        TestZones.Serve("signed.", SignedZoneText.WithNsec3()),
    ];
}

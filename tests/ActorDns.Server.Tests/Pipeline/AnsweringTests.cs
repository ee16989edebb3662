using System.Globalization;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Tests.Sockets;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>Whole answers: which zone they come from, what goes along, and what happens when it does not fit.</summary>
public sealed class AnsweringTests : IDisposable
{
    private const string Head = "$TTL 1h\n@ SOA ns1 hostmaster 7 2h 15m 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\nwww A 192.0.2.80\n";
    private const string Digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Cut = $"sub NS ns.sub\nns.sub A 192.0.2.53\nsub DS 1 13 2 {Digest}\n";
    private static readonly QueryOptions Small = new() { Edns = true, PayloadBytes = 512 };
    private static readonly QueryOptions Large = new() { Edns = true, PayloadBytes = 4096 };

    private readonly TestServer _server;

    public AnsweringTests()
    {
        string many = string.Concat(Enumerable.Range(0, 20).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"many NS n{i}.many\nn{i}.many A 192.0.2.{i}\n")));
        string thousand = string.Concat(Enumerable.Range(0, 1_000).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"huge NS n{i}.huge\nn{i}.huge A 192.0.2.1\n")));
        string siblings = string.Concat(Enumerable.Range(0, 15).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"side NS n{i}.many\n")));
        _server = new TestServer(
            TestZones.Serve("example.", Head + Cut + many + thousand + siblings + "into CNAME www.sub\nds CNAME example.\nin CNAME sub\n"),
            TestZones.Serve("sub.example.", Head));
    }

    public void Dispose() => _server.Dispose();

    [Fact, Rfc(9471, "3.1")]
    public void Referral_over_udp_whose_glue_does_not_fit_is_truncated()
    {
        Reply reply = _server.Ask("x.many.example.", RecordType.A, Small);
        Assert.True(reply.IsTruncated);
        Assert.Equal(20, reply.Authority.Length);
        Assert.InRange(reply.Additional.Length, 0, 19);
    }

    [Fact, Rfc(9471, "3.1")]
    public void Referral_with_room_for_all_glue_has_all_of_it()
    {
        Reply reply = _server.Ask("x.many.example.", RecordType.A, Large);
        Assert.False(reply.IsTruncated);
        Assert.Equal(20, reply.Additional.Length);
    }

    [Fact, Rfc(9471, "3.2")]
    public void Referral_without_room_for_all_sibling_glue_is_not_truncated()
    {
        Reply reply = _server.Ask("x.side.example.", RecordType.A, Small);
        Assert.False(reply.IsTruncated);
        Assert.Equal(15, reply.Authority.Length);
        Assert.InRange(reply.Additional.Length, 1, 14);
    }

    [Fact, Rfc(9471, "3.1")]
    public async Task Referral_over_tcp_has_the_glue_of_a_thousand_servers()
    {
        using StreamRequestHandler handler = NewStreamHandler();
        await using TcpFixture tcp = await TcpFixture.StartAsync(handler.HandleAsync);
        using TcpTestClient client = tcp.Connect();
        client.Write(TcpTestClient.Framed(_server.Query("x.huge.example.", RecordType.A)));
        Reply reply = new(client.ReceiveMessage()!);
        Assert.Equal((false, 1_000, 1_000), (reply.IsTruncated, reply.Authority.Length, reply.Additional.Length));
    }

    [Fact]
    public void Referral_to_a_thousand_servers_over_udp_is_truncated() =>
        Assert.True(_server.Ask("x.huge.example.", RecordType.A, Large).IsTruncated);

    [Fact, Rfc(1034, "4.3.2")]
    public void Alias_to_a_name_below_a_cut_is_answered_from_the_child_zone_of_ours()
    {
        Reply reply = _server.Ask("into.example.", RecordType.A);
        Assert.Equal(["into.example. 3600 CNAME www.sub.example.", "www.sub.example. 3600 A 192.0.2.80"], reply.Answer);
    }

    [Fact, Rfc(4035, "3.1.4.1")]
    public void Ds_is_answered_from_the_parents_side_when_both_are_ours() =>
        Assert.StartsWith("sub.example. 3600 DS 1 13 2", _server.Ask("sub.example.", RecordType.Ds).Answer[0], StringComparison.Ordinal);

    [Theory, Rfc(4035, "3.1.4.1")]
    [InlineData("example.", 0)]
    [InlineData("ds.example.", 1)]
    public void Ds_of_a_zone_whose_parent_is_not_ours_is_no_data_from_the_child(string name, int aliases)
    {
        Reply reply = _server.Ask(name, RecordType.Ds);
        Assert.Equal((Rcode.NoError, true, aliases), (reply.Rcode, reply.IsAuthoritative, reply.Answer.Length));
        Assert.StartsWith("example. 300 SOA ", Assert.Single(reply.Authority), StringComparison.Ordinal);
    }

    [Fact]
    public void Alias_to_a_cut_asked_for_ds_is_answered_from_the_parents_side() =>
        Assert.StartsWith("sub.example. 3600 DS", _server.Ask("in.example.", RecordType.Ds).Answer[1], StringComparison.Ordinal);

    [Theory]
    [InlineData(1232, 1, 1)]
    [InlineData(512, 0, 0)]
    public void Client_that_offers_512_octets_gets_no_helpful_records(ushort payload, int authority, int additional)
    {
        Reply reply = _server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, PayloadBytes = payload });
        Assert.Equal((1, authority, additional), (reply.Answer.Length, reply.Authority.Length, reply.Additional.Length));
    }

    [Fact]
    public void Question_for_key_material_gets_no_helpful_records()
    {
        Reply reply = _server.Ask("sub.example.", RecordType.Ds);
        Assert.Equal((1, 0, 0), (reply.Answer.Length, reply.Authority.Length, reply.Additional.Length));
    }

    /// <summary>A handler of streams over what the server serves; no transfer or update is sent to it.</summary>
    private StreamRequestHandler NewStreamHandler() => new(
        _server.Published,
        new ReaderEpochs(),
        _server.Clock,
        new RequestEvents(NullLoggerFactory.Instance),
        () => _server.Counters,
        new SnapshotLeases(_server.Clock),
        transfers: null!,
        ixfr: null!,
        updates: null);
}

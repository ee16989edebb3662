using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Lifecycle;

/// <summary>TCP as a client of the running process sees it: pipelining, turns, time-outs, limits.</summary>
public sealed class StreamTests
{
    private const string Zone = "stream.test";
    private const int ConnectionsPerClient = 50;
    private const ushort KeepaliveOption = 11;
    private const ushort PaddingOption = 12;

    [Fact, Rfc(7766, "5")]
    public async Task The_same_question_has_the_same_answer_over_UDP_and_over_TCP()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf());
        using WireClient client = new(server.EndPoint);
        byte[] question = Text(7).Build(1);
        byte[] answer = client.AskUdp(question);
        Assert.StartsWith($"t7.{Zone}. ", Assert.Single(Reply.Read(answer).Answer), StringComparison.Ordinal);
        Assert.Equal(answer, Assert.Single(client.AskTcp(question)));
    }

    [Fact, Rfc(7830, "6")]
    public async Task Padding_is_not_sent_where_the_transport_is_not_encrypted()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf());
        using WireClient client = new(server.EndPoint);
        byte[] plain = client.AskUdp(Text(7).Build(1));
        byte[] question = WithEmptyOption(Text(7).Build(1), PaddingOption);
        Assert.Equal(plain, client.AskUdp(question));
        Assert.Equal(plain, Assert.Single(client.AskTcp(question)));
    }

    [Fact]
    public async Task Pipelined_questions_are_each_answered_once_under_their_own_IDs()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf());
        using StreamClient client = await StreamClient.ConnectAsync(server.EndPoint);
        const int Questions = 500;
        await client.SendAsync(StreamClient.Frame([.. Enumerable.Range(0, Questions).Select(i => Text(i % 100).Build((ushort)i))]));
        HashSet<ushort> waiting = [.. Enumerable.Range(0, Questions).Select(i => (ushort)i)];
        while (waiting.Count > 0)
        {
            byte[]? reply = await client.ReceiveAsync();
            Assert.NotNull(reply);
            ushort id = BinaryPrimitives.ReadUInt16BigEndian(reply);
            Assert.True(waiting.Remove(id), $"{id} was answered twice or never asked");
            Assert.StartsWith($"t{id % 100}.{Zone}. ", Assert.Single(Reply.Read(reply).Answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_question_behind_a_transfer_is_answered_before_the_transfer_has_ended()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf());
        using StreamClient client = await StreamClient.ConnectAsync(server.EndPoint, receiveBufferBytes: 4_096);
        byte[] axfr = new Query(Zone + ".", RecordType.Axfr, 0, false, false, true).Build(1);
        await client.SendAsync(StreamClient.Frame(axfr, Text(3).Build(2)));
        List<ushort> order = [];
        int soaRecords = 0;
        while (soaRecords < 2 || !order.Contains(2))
        {
            byte[]? reply = await client.ReceiveAsync();
            Assert.NotNull(reply);
            ushort id = BinaryPrimitives.ReadUInt16BigEndian(reply);
            order.Add(id);
            if (id == 1)
                soaRecords += Reply.Read(reply).Answer.Count(line => line.Contains(" in soa ", StringComparison.Ordinal));
        }

        Assert.Single(order, id => id == 2);
        Assert.Equal(1, order[^1]);
    }

    [Fact, Rfc(7828, "3.3.2")]
    public async Task A_client_that_asks_for_keepalive_is_told_the_time_and_outlives_one_that_does_not()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(
            folder, new NamedConf().Option("tcp-idle-timeout 10;").Option("tcp-keepalive-timeout 6000;").Option("tcp-advertised-timeout 600;"));
        using StreamClient plain = await StreamClient.ConnectAsync(server.EndPoint);
        using StreamClient kept = await StreamClient.ConnectAsync(server.EndPoint);
        byte[]? told = await kept.AskAsync(WithKeepalive(Text(1).Build(1)));
        Assert.NotNull(told);
        Assert.Equal([0, (byte)KeepaliveOption, 0, 2, 600 >> 8, 600 & 255], told[^6..]);
        Assert.NotNull(await plain.AskAsync(Text(1).Build(2)));

        Assert.Null(await plain.ReceiveAsync()); // Closed when idle; the other was idle before it.
        Assert.NotNull(await kept.AskAsync(Text(2).Build(3)));
    }

    [Fact]
    public async Task A_connection_without_a_question_is_closed_after_the_initial_timeout()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf().Option("tcp-initial-timeout 25;"));
        using StreamClient silent = await StreamClient.ConnectAsync(server.EndPoint);
        using StreamClient slow = await StreamClient.ConnectAsync(server.EndPoint);
        await slow.SendAsync([0, 40, 1]);
        Assert.Null(await silent.ReceiveAsync());
        Assert.Null(await slow.ReceiveAsync());
    }

    [Fact]
    public async Task Timeouts_that_a_reload_changes_hold_for_connections_to_come()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf().Option("tcp-idle-timeout 1200;"));
        using StreamClient before = await StreamClient.ConnectAsync(server.EndPoint);
        Assert.NotNull(await before.AskAsync(Text(1).Build(1)));
        server.Rewrite(Configure(new NamedConf().Option("tcp-idle-timeout 10;")));
        await server.ReloadAsync();
        using StreamClient after = await StreamClient.ConnectAsync(server.EndPoint);
        Assert.NotNull(await after.AskAsync(Text(1).Build(2)));
        Assert.Null(await after.ReceiveAsync());
        Assert.NotNull(await before.AskAsync(Text(2).Build(3)));
    }

    [Fact]
    public async Task One_client_cannot_take_the_places_of_others()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf());
        List<StreamClient> greedy = [];
        try
        {
            for (int i = 0; i < ConnectionsPerClient; i++)
            {
                greedy.Add(await StreamClient.ConnectAsync(server.EndPoint, IPAddress.Parse("127.0.0.5")));
                Assert.NotNull(await greedy[^1].AskAsync(Text(i).Build((ushort)i)));
            }

            try
            {
                using StreamClient oneMore = await StreamClient.ConnectAsync(server.EndPoint, IPAddress.Parse("127.0.0.5"));
                Assert.Null(await oneMore.ReceiveAsync());
            }
            catch (SocketException closed) when (closed.SocketErrorCode == SocketError.ConnectionReset)
            {
                // It was closed before the client had looked.
            }

            using StreamClient other = await StreamClient.ConnectAsync(server.EndPoint, IPAddress.Parse("127.0.0.6"));
            Assert.NotNull(await other.AskAsync(Text(1).Build(1)));
        }
        finally
        {
            greedy.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Each_answer_leaves_in_one_segment()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder, new NamedConf());
        using StreamClient client = await StreamClient.ConnectAsync(server.EndPoint);
        byte[] buffer = new byte[4_096];
        for (int i = 0; i < 200; i++)
        {
            await client.SendAsync(StreamClient.Frame(Text(i % 100).Build((ushort)i)));
            int count = await client.Socket.ReceiveAsync(buffer);
            Assert.Equal(count, BinaryPrimitives.ReadUInt16BigEndian(buffer) + 2);
        }
    }

    private static Query Text(int number) => new($"t{number}.{Zone}.", RecordType.Txt, 1_232, false, false, true);

    private static byte[] WithKeepalive(byte[] query) => WithEmptyOption(query, KeepaliveOption);

    /// <summary>Adds an empty option to a query that ends with an OPT record without options.</summary>
    private static byte[] WithEmptyOption(byte[] query, ushort code)
    {
        query[^1] = 4;
        return [.. query, 0, (byte)code, 0, 0];
    }

    private static NamedConf Configure(NamedConf conf) =>
        conf.Option("minimal-responses yes;").Primary(Zone, Zone, "allow-transfer { any; };");

    private static Task<ServerUnderTest> StartAsync(TempFolder folder, NamedConf conf)
    {
        string text = string.Join(' ', Enumerable.Repeat('"' + new string('x', 249) + '"', 14));
        folder.Write(Zone, "$TTL 300\n@ IN SOA ns1 hostmaster 1 3600 600 604800 60\n@ IN NS ns1\nns1 IN A 127.0.0.1\n"
            + string.Concat(Enumerable.Range(0, 100).Select(i => $"t{i} IN TXT \"number {i}\"\n"))
            + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"u{i} IN TXT {text}\n")));
        return ServerUnderTest.StartAsync(folder, Configure(conf));
    }
}

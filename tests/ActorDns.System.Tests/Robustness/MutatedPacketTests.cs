using System.Buffers.Binary;
using System.Net.Sockets;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Validation;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Robustness;

/// <summary>
/// Mutated requests to the running process over real sockets: what is answered is answered properly, good questions are answered all
/// along, the log knows of no exception, and memory stays where it was.
/// </summary>
public sealed class MutatedPacketTests
{
    private const int Seed = 20_261_125;
    private const int PacketsAtOnce = 50;
    private const int MessagesPerConnection = 40;
    private const int FramingShare = 8;
    private const int WarmUpShare = 5; // A fifth of the packets fills pools and lets the runtime compile.
    private const long MaxGrowthKibibytes = 64 << 10;

    private static readonly TestKey Key = TestKey.Create("mutated.example");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly Query Good = new($"www.{ValidatedZones.Nsec}.", RecordType.A, 1_232, true, false, false);

    [Fact]
    public async Task Mutated_datagrams_are_answered_properly_or_not_at_all_and_leave_no_trace()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder);
        MutatedRequests requests = new(Key, TimeProvider.System, Seed);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        await socket.ConnectAsync(server.EndPoint, TestContext.Current.CancellationToken);
        int batches = TestSize.Pick(10_000, 100_000, 1_000_000) / PacketsAtOnce;
        long replies = 0;
        long before = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            if (batch == batches / WarmUpShare)
                before = server.Process.ResidentKibibytes();
            for (int i = 0; i < PacketsAtOnce; i++)
            {
                byte[] packet = requests.Next();
                if (packet.Length > 0)
                    socket.Send(packet);
            }

            replies += await AskGoodAsync(socket, requests, (ushort)(MutatedRequests.FirstGoodId + (batch % 4_096)));
        }

        long growth = server.Process.ResidentKibibytes() - before;
        AssertUnharmed(server, growth);
        Assert.InRange(replies, batches * PacketsAtOnce / 4L, batches * PacketsAtOnce);
        Evidence.Add(
            "mutated packets, UDP",
            $"{batches * PacketsAtOnce} packets, {replies} replies, all parsed; {batches} good questions between, all answered; resident memory grew by {growth} KiB");
    }

    [Fact]
    public async Task Mutated_messages_pipelined_over_TCP_are_answered_properly_or_end_their_own_connection_only()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder);
        MutatedRequests requests = new(Key, TimeProvider.System, Seed + 1);
        int connections = TestSize.Pick(2_000, 20_000, 200_000) / MessagesPerConnection;
        long sent = 0;
        long replies = 0;
        long before = 0;
        for (int i = 0; i < connections; i++)
        {
            if (i == connections / WarmUpShare)
                before = server.Process.ResidentKibibytes();
            bool mayBreakFraming = i % FramingShare == 0; // A message shorter than a header ends its connection.
            byte[][] messages =
            [
                .. Enumerable.Range(0, MessagesPerConnection).Select(_ => requests.Next())
                    .Where(message => mayBreakFraming || message.Length >= MessageHeader.Bytes),
            ];
            sent += messages.Length;
            replies += await SendAllAsync(server, requests, messages, isOneWrite: i % 2 == 0);
            await AskGoodOverTcpAsync(server);
        }

        long growth = server.Process.ResidentKibibytes() - before;
        AssertUnharmed(server, growth);
        Assert.InRange(replies, sent / 2, sent * 2); // A transfer may have several messages.
        Evidence.Add(
            "mutated messages, TCP",
            $"{sent} messages over {connections} connections, {replies} replies, all parsed; resident memory grew by {growth} KiB");
    }

    [Fact]
    public async Task Connections_that_stall_close_half_or_lie_about_lengths_harm_nobody()
    {
        using TempFolder folder = new();
        await using ServerUnderTest server = await StartAsync(folder);
        Random random = new(Seed);
        int rounds = TestSize.Pick(4, 20, 200);
        long before = 0;
        for (int round = 0; round < rounds; round++)
        {
            if (round == rounds / WarmUpShare)
                before = server.Process.ResidentKibibytes();
            using HostileConnections hostile = new();
            await hostile.OpenAsync(server.EndPoint, random);
            await AskGoodOverTcpAsync(server);
            await hostile.EndAsync();
        }

        AssertUnharmed(server, server.Process.ResidentKibibytes() - before);
        Evidence.Add("hostile connections", $"{rounds * HostileConnections.Count} connections that stalled, half-closed, reset or lied");
    }

    private static async Task<ServerUnderTest> StartAsync(TempFolder folder)
    {
        (NamedConf conf, _) = await ValidatedZones.WriteAsync(folder, "127.0.0.1", "127.0.0.1");
        return await ServerUnderTest.StartAsync(folder, conf.Key(Key).Option($"allow-transfer {{ key \"{Key.Name}\"; }};"));
    }

    /// <summary>Asks a good question behind what was sent and reads up to its answer; returns how many replies came before it.</summary>
    private static async Task<int> AskGoodAsync(Socket socket, MutatedRequests requests, ushort id)
    {
        byte[] buffer = new byte[65_535];
        requests.NoteGood(id);
        socket.Send(Good.Build(id));
        using CancellationTokenSource late = new(Deadline);
        for (int others = 0; ; others++)
        {
            byte[] reply = buffer[..await socket.ReceiveAsync(buffer.AsMemory(), late.Token)];
            requests.Check(reply);
            if (BinaryPrimitives.ReadUInt16BigEndian(reply) != id)
                continue;
            AssertGood(reply);
            return others;
        }
    }

    private static async Task<int> SendAllAsync(ServerUnderTest server, MutatedRequests requests, byte[][] messages, bool isOneWrite)
    {
        using StreamClient client = await StreamClient.ConnectAsync(server.EndPoint);
        Task<int> reading = ReadAllAsync(client, requests);
        try
        {
            foreach (byte[] octets in isOneWrite ? [StreamClient.Frame(messages)] : messages.Select(message => StreamClient.Frame(message)))
                await client.SendAsync(octets);
            client.Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException closed) when (closed.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.NotConnected)
        {
            // A message that is none has ended the connection.
            return await reading;
        }

        return await reading;
    }

    private static async Task<int> ReadAllAsync(StreamClient client, MutatedRequests requests)
    {
        int replies = 0;
        while (await client.ReceiveAsync() is { } reply)
        {
            requests.Check(reply);
            replies++;
        }

        return replies;
    }

    private static async Task AskGoodOverTcpAsync(ServerUnderTest server)
    {
        using StreamClient client = await StreamClient.ConnectAsync(server.EndPoint);
        byte[]? reply = await client.AskAsync(Good.Build(1));
        Assert.NotNull(reply);
        AssertGood(reply);
    }

    private static void AssertGood(byte[] message)
    {
        Reply reply = Reply.Read(message);
        Assert.Equal((0, 3), (reply.RcodeBits, reply.Answer.Length)); // Two addresses and their signature.
    }

    private static void AssertUnharmed(ServerUnderTest server, long growthKibibytes)
    {
        Assert.False(server.Process.HasExited);
        Assert.DoesNotContain(server.Process.Lines, line =>
            line.Contains("Exception", StringComparison.Ordinal) || line.Contains("critical", StringComparison.Ordinal)
            || line.Contains("   at ", StringComparison.Ordinal));
        Assert.True(growthKibibytes < MaxGrowthKibibytes, $"resident memory has grown by {growthKibibytes} KiB");
    }
}

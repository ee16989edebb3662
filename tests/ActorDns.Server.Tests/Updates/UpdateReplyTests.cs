using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;
using ActorDns.Server.Tests.Pipeline;
using ActorDns.Server.Tests.Sockets;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Updates;

/// <summary>Replies to updates, which leave after the batch that brought the request has ended.</summary>
public sealed class UpdateReplyTests : IDisposable
{
    private const string Text = "@ SOA ns1 hostmaster 1 3600 600 86400 300\n@ NS ns1\nns1 A 192.0.2.1\n";

    private static readonly QueryOptions Signed = new() { Opcode = Opcode.Update, Edns = true, Key = TestServer.Key };

    private readonly RequestCounters _counters = new();
    private readonly RecordingWriters _writers = new();
    private readonly UpdateHandOff _handOff;
    private readonly TestServer _server;
    private readonly List<IDisposable> _open = [];

    public UpdateReplyTests()
    {
        _handOff = new UpdateHandOff(_writers, TimeProvider.System, _counters, new RequestCounters());
        _server = TestServer.WithWriters(_writers, new ServedZone
        {
            Published = TestZones.Serve("example.", Text).Published,
            AllowUpdate = MatchList.Any,
        });
    }

    [Theory]
    [InlineData(DatagramEngineKind.Linux, "127.0.0.1")]
    [InlineData(DatagramEngineKind.Managed, "127.0.0.1")]
    [InlineData(DatagramEngineKind.Linux, "::1")]
    [InlineData(DatagramEngineKind.Managed, "::1")]
    public void Reply_leaves_when_the_outcome_is_known_and_verifies(DatagramEngineKind kind, string address)
    {
        (ListenerLoop loop, Socket client) = Listen(kind, address);
        long signedAt = Now;
        byte[] request = _server.Query("example.", RecordType.Soa, Signed with { SignedAt = signedAt });
        client.Send(request);
        RunUntil(loop, () => _writers.Updates.Count == 1);
        Assert.Equal(0, client.Available);

        Assert.True(_writers.Updates[0].TryComplete(Rcode.YxDomain));
        Reply reply = new(Receive(client));
        Assert.Equal((Rcode.YxDomain, true, true), (reply.Rcode, reply.HasOpt, reply.HasTsig));
        Assert.Equal(request[..2], reply.Message[..2]);
        AssertVerifies(request, signedAt, reply.Message);
    }

    [Fact]
    public void Full_writer_is_answered_with_servfail_at_once()
    {
        _writers.IsFull = true;
        (ListenerLoop loop, Socket client) = Listen(DatagramEngineKind.Linux, "127.0.0.1");
        client.Send(_server.Query("example.", RecordType.Soa, Signed with { SignedAt = Now }));
        RunUntil(loop, () => loop.Counts.PacketsIn == 1);
        Assert.Equal(Rcode.ServFail, new Reply(Receive(client)).Rcode);
        Assert.Equal(1, _counters.ByRcode(Rcode.ServFail.Value));
    }

    [Fact]
    public void Only_the_first_outcome_counts()
    {
        (ListenerLoop loop, Socket client) = Listen(DatagramEngineKind.Linux, "127.0.0.1");
        client.Send(_server.Query("example.", RecordType.Soa, Signed with { SignedAt = Now }));
        RunUntil(loop, () => _writers.Updates.Count == 1);
        Assert.True(_writers.Updates[0].TryComplete(Rcode.NoError));
        Assert.False(_writers.Updates[0].TryComplete(Rcode.ServFail));
        Assert.Equal(Rcode.NoError, new Reply(Receive(client)).Rcode);
    }

    [Fact]
    public void Dropped_update_gets_no_reply_and_tells_its_end()
    {
        (ListenerLoop loop, Socket client) = Listen(DatagramEngineKind.Linux, "127.0.0.1");
        byte[][] requests = [.. Enumerable.Range(0, 2).Select(_ => _server.Query("example.", RecordType.Soa, Signed with { SignedAt = Now }))];
        requests[1][0] ^= 1; // Another ID; the signature covers the original one.
        foreach (byte[] request in requests)
            client.Send(request);
        RunUntil(loop, () => _writers.Updates.Count == 2);
        int ended = 0;
        _writers.Updates.ForEach(update => update.Ended = () => ended++);
        Assert.True(_writers.Updates[0].TryDrop());
        Assert.False(_writers.Updates[0].TryComplete(Rcode.NoError));
        Assert.True(_writers.Updates[1].TryComplete(Rcode.NoError));
        Assert.Equal(requests[1][..2], Receive(client)[..2]);
        Assert.Equal((2, 0), (ended, client.Available));
    }

    [Fact]
    public void Refusal_tells_its_extended_error()
    {
        (ListenerLoop loop, Socket client) = Listen(DatagramEngineKind.Linux, "127.0.0.1");
        client.Send(_server.Query("example.", RecordType.Soa, Signed with { SignedAt = Now }));
        RunUntil(loop, () => _writers.Updates.Count == 1);
        _writers.Updates[0].TryComplete(Rcode.Refused);
        Assert.Equal(ExtendedErrorCode.Prohibited, new Reply(Receive(client)).ExtendedError);
    }

    [Fact]
    public void Address_that_was_given_up_meanwhile_loses_the_reply_and_nothing_else()
    {
        (ListenerLoop loop, Socket client) = Listen(DatagramEngineKind.Linux, "127.0.0.1");
        client.Send(_server.Query("example.", RecordType.Soa, Signed with { SignedAt = Now }));
        RunUntil(loop, () => _writers.Updates.Count == 1);
        foreach (BoundDatagramSocket socket in _open.OfType<BoundDatagramSocket>())
            socket.Dispose();
        Assert.True(_writers.Updates[0].TryComplete(Rcode.NoError));
    }

    [Fact]
    public async Task Reply_of_a_primary_fits_on_a_stream_whatever_its_length()
    {
        PendingUpdate update = OnStream();
        ValueTask<Rcode> deciding = _handOff.DecideAsync(update, TestContext.Current.CancellationToken);
        byte[] reply = new byte[ushort.MaxValue];
        MessageHeader.SetFlags(reply, Rcode.YxRrset.Value);
        Assert.True(update.TryComplete(reply));

        Rcode outcome = await deciding;
        byte[] room = new byte[update.MaxReplyBytes];
        Assert.Equal((Rcode.YxRrset, reply.Length), (outcome, _handOff.WriteReply(update, outcome, room)));
        Assert.Equal(update.Message.Span[..2], room.AsSpan(0, 2));
    }

    [Fact]
    public async Task End_of_a_stream_ends_the_wait_for_an_outcome_that_comes_later()
    {
        using CancellationTokenSource gone = new();
        PendingUpdate update = OnStream();
        Task<Rcode> deciding = _handOff.DecideAsync(update, gone.Token).AsTask();
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            deciding.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.True(update.TryComplete(Rcode.NoError));
        Assert.Equal(0, _handOff.Open);
    }

    [Fact]
    public async Task End_of_taking_updates_waits_for_the_replies_to_those_that_were_taken_and_others_are_servfail()
    {
        (ListenerLoop loop, Socket client) = Listen(DatagramEngineKind.Linux, "127.0.0.1");
        client.Send(_server.Query("example.", RecordType.Soa, Signed with { SignedAt = Now }));
        RunUntil(loop, () => _writers.Updates.Count == 1);
        Task answered = _handOff.CloseAsync();

        client.Send(_server.Query("example.", RecordType.Soa, Signed with { SignedAt = Now }));
        RunUntil(loop, () => loop.Counts.PacketsIn == 2);
        Assert.Equal(Rcode.ServFail, new Reply(Receive(client)).Rcode);
        Assert.Single(_writers.Updates);
        Assert.False(answered.IsCompleted);

        _writers.Updates[0].TryComplete(Rcode.NoError);
        await answered.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(Rcode.NoError, new Reply(Receive(client)).Rcode);
        Assert.Equal(0, _handOff.Open);
    }

    public void Dispose()
    {
        foreach (IDisposable open in Enumerable.Reverse(_open))
            open.Dispose();
        _server.Dispose();
    }

    private PendingUpdate OnStream() => new()
    {
        Zone = new ServedZone { Published = TestZones.Serve("example.", Text).Published },
        Message = _server.Query("example.", RecordType.Soa, new QueryOptions { Opcode = Opcode.Update }),
        Client = new NetEndpoint(NetAddress.From(IPAddress.Loopback), 1_053),
        Local = new NetEndpoint(NetAddress.From(IPAddress.Loopback), 53),
        Transport = AccessTransports.Tcp,
        LogPrefix = "client",
    };

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private static byte[] Receive(Socket client)
    {
        byte[] buffer = new byte[4_096];
        return buffer[..client.Receive(buffer)];
    }

    private static void RunUntil(ListenerLoop loop, Func<bool> isDone)
    {
        for (int round = 0; round < 100 && !isDone(); round++)
            loop.RunOnce();
        Assert.True(isDone());
    }

    private static void AssertVerifies(byte[] request, long signedAt, byte[] reply)
    {
        byte[] again = new byte[512];
        int unsigned = request.Length;
        Assert.Equal(Protocol.Messages.ParseError.None, Protocol.Messages.MessageScan.TryScan(request, out var layout));
        request.AsSpan(0, layout.TsigOffset).CopyTo(again);
        Protocol.Messages.MessageHeader.SetCount(again, 3, 1); // OPT without TSIG.
        Assert.True(TsigSigner.SignRequest(again, layout.TsigOffset, TestServer.Key, signedAt, out int length, out TsigContext context));
        Assert.Equal(unsigned, length);
        Assert.True(TsigVerifier.VerifyResponse(reply, context, Now).IsVerified);
    }

    private (ListenerLoop Loop, Socket Client) Listen(DatagramEngineKind kind, string address)
    {
        ReaderEpochs epochs = new();
        UdpRequestHandler handler = new(
            _server.Published,
            epochs,
            TimeProvider.System,
            new RequestEvents(NullLoggerFactory.Instance),
            new RequestCounters(),
            new SnapshotLeases(TimeProvider.System),
            _handOff);
        BoundDatagramSocket socket = BoundDatagramSocket.Open(
            new UdpListenerOptions { Endpoint = UdpFixture.At(address), Engine = kind });
        ListenerLoop loop = new([socket], handler, TimeProvider.System, NullLogger.Instance);
        Socket client = new(SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        client.Connect(UdpFixture.Framework(socket.Local));
        _open.AddRange([handler, socket, loop, client]);
        return (loop, client);
    }
}

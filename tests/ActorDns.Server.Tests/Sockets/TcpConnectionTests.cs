using System.Net.Sockets;
using ActorDns.Server.Sockets;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Sockets;

public sealed class TcpConnectionTests
{
    [Fact, Rfc(7766, "7")]
    public async Task An_answer_that_is_ready_first_leaves_first()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TcpFixture tcp = await TcpFixture.StartAsync(async (request, ct) =>
        {
            if (TcpTestClient.Text(request.Message.Span) == "slow")
                await release.Task.WaitAsync(ct);
            await request.SendAsync(request.Message, ct);
        });
        TcpTestClient client = tcp.Connect();
        client.Send("slow", "fast");
        Assert.Equal("fast", client.Receive());
        release.SetResult();
        Assert.Equal("slow", client.Receive());
    }

    [Fact]
    public async Task No_more_requests_are_in_flight_than_allowed()
    {
        int now = 0;
        int most = 0;
        await using TcpFixture tcp = await TcpFixture.StartAsync(
            async (request, ct) =>
            {
                int entered = Interlocked.Increment(ref now);
                InterlockedMax(ref most, entered);
                for (int i = 0; i < 20; i++)
                    await Task.Yield();
                Interlocked.Decrement(ref now);
                await request.SendAsync(request.Message, ct);
            },
            TcpFixture.Options with { MaxInFlightRequests = 3 });
        TcpTestClient client = tcp.Connect();
        for (int i = 0; i < 50; i++)
            client.Send("query");
        for (int i = 0; i < 50; i++)
            Assert.Equal("query", client.Receive());
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Answers_go_out_after_the_client_has_closed_its_side()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TcpFixture tcp = await TcpFixture.StartAsync(async (request, ct) =>
        {
            await release.Task.WaitAsync(ct);
            await request.SendAsync(request.Message, ct);
        });
        TcpTestClient client = tcp.Connect();
        client.Send("one", "two");
        client.Socket.Shutdown(SocketShutdown.Send);
        await TcpFixture.UntilAsync(() => tcp.Table.Counts.MessagesIn == 2);
        release.SetResult();
        Assert.Equal(["one", "two"], new[] { client.Receive(), client.Receive() }.Order());
        Assert.Null(client.Receive());
        await TcpFixture.UntilAsync(() => tcp.Table.Count == 0);
    }

    [Fact, Rfc(7766, "6.2.4")]
    public async Task A_reset_by_the_peer_cancels_its_requests()
    {
        TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TcpFixture tcp = await TcpFixture.StartAsync(async (_, ct) =>
        {
            using CancellationTokenRegistration registration = ct.Register(cancelled.SetResult);
            await cancelled.Task;
        });
        TcpTestClient client = tcp.Connect();
        client.Send("long work");
        await TcpFixture.UntilAsync(() => tcp.Table.Counts.MessagesIn == 1);
        client.Socket.LingerState = new LingerOption(true, 0);
        client.Dispose();
        await TcpFixture.Guard(cancelled.Task);
        await TcpFixture.UntilAsync(() => tcp.Table.Count == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_fails_ends_its_own_connection_only(bool atOnce)
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync(async (request, ct) =>
        {
            if (!atOnce)
                await Task.Yield();
            if (TcpTestClient.Text(request.Message.Span) == "fail")
                throw new InvalidOperationException("asked to fail");
            await request.SendAsync(request.Message, ct);
        });
        TcpTestClient other = tcp.Connect();
        Assert.Equal("before", other.Exchange("before"));
        Assert.Null(tcp.Connect().Exchange("fail"));
        Assert.Equal("after", other.Exchange("after"));
        Assert.Equal(1, tcp.Table.Counts.HandlerFaults);
    }

    [Fact]
    public async Task A_handler_may_end_the_connection()
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync(static (request, _) =>
        {
            request.Abort();
            return request.SendAsync(request.Message, CancellationToken.None);
        });
        Assert.Null(tcp.Connect().Exchange("hello"));
    }

    [Fact]
    public async Task Connections_are_listed_with_what_they_do()
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync(static async (request, ct) =>
        {
            if (TcpTestClient.Text(request.Message.Span) == "wait")
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            await request.SendAsync(request.Message, ct);
        });
        TcpTestClient client = tcp.Connect();
        Assert.Equal("hello", client.Exchange("hello"));
        client.Send("wait");
        await TcpFixture.UntilAsync(() => tcp.Table.Counts.MessagesIn == 2);
        ConnectionInfo info = Assert.Single(tcp.Table.List());
        Assert.Equal(client.Socket.LocalEndPoint, UdpFixture.Framework(info.Source));
        Assert.Equal((2, 1, tcp.Clock.GetUtcNow()), (info.Requests, info.InFlight, info.Since));
    }

    [Fact]
    public async Task The_connections_of_one_address_can_be_ended()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync();
        TcpTestClient[] unwanted = [await tcp.ConnectAsync("127.0.0.2"), await tcp.ConnectAsync("127.0.0.2")];
        TcpTestClient other = await tcp.ConnectAsync("127.0.0.3");
        Assert.Equal(2, tcp.Table.End(NetAddress.FromIPv4(0x7F000002)));
        Assert.All(unwanted, static client => Assert.Null(client.Receive()));
        Assert.Equal("still here", other.Exchange("still here"));
    }

    private static void InterlockedMax(ref int place, int value)
    {
        int seen = Volatile.Read(ref place);
        while (seen < value && Interlocked.CompareExchange(ref place, value, seen) is int found && found != seen)
            seen = found;
    }
}

using ActorDns.Server.Sockets;

namespace ActorDns.Server.Tests.Sockets;

public sealed class TcpLimitTests
{
    [Fact]
    public async Task Connections_above_the_total_are_refused_and_a_freed_place_is_given_again()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync(limits: new StreamLimits { MaxConnections = 2 });
        TcpTestClient first = tcp.Connect();
        TcpTestClient second = tcp.Connect();
        Assert.Equal(("1", "2"), (first.Exchange("1"), second.Exchange("2")));
        Assert.Null(tcp.Connect().Receive());
        Assert.Equal(1, tcp.Table.Counts.RefusedTotal);
        first.Dispose();
        await TcpFixture.UntilAsync(() => tcp.Table.Count == 1);
        Assert.Equal("3", tcp.Connect().Exchange("3"));
    }

    [Fact, Rfc(7766, "6.2.2")]
    public async Task Connections_of_one_client_above_its_limit_are_refused_and_others_are_not()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync(limits: new StreamLimits { MaxConnectionsPerClient = 1 });
        TcpTestClient first = tcp.Connect("127.0.0.2");
        Assert.Equal("1", first.Exchange("1"));
        Assert.Null(tcp.Connect("127.0.0.2").Receive());
        Assert.Equal("2", tcp.Connect("127.0.0.3").Exchange("2"));
        Assert.Equal((1, 0), (tcp.Table.Counts.RefusedPerClient, tcp.Table.Counts.RefusedTotal));
        first.Dispose();
        await TcpFixture.UntilAsync(() => tcp.Table.Count == 1);
        Assert.Equal("3", tcp.Connect("127.0.0.2").Exchange("3"));
    }

    [Fact]
    public async Task Limits_can_be_changed_while_running()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync(limits: new StreamLimits { MaxConnections = 0 });
        Assert.Null(tcp.Connect().Receive());
        tcp.Table.Limits = new StreamLimits { MaxConnections = 1 };
        Assert.Equal("1", tcp.Connect().Exchange("1"));
    }

    [Fact]
    public async Task A_drain_answers_what_is_in_flight_then_closes_and_takes_nobody_new()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TcpFixture tcp = await TcpFixture.StartAsync(async (request, ct) =>
        {
            await release.Task.WaitAsync(ct);
            await request.SendAsync(request.Message, ct);
        });
        TcpTestClient busy = tcp.Connect();
        TcpTestClient idle = await tcp.ConnectAsync();
        busy.Send("last words");
        await TcpFixture.UntilAsync(() => tcp.Table.Counts.MessagesIn == 1);
        Task<int> drained = tcp.Actor.AskAsync<int>(
            done => new TcpListenerCommand.Drain(TimeSpan.FromSeconds(5), done),
            TimeSpan.FromMinutes(1),
            TestContext.Current.CancellationToken);
        Assert.Null(idle.Receive());
        Assert.False(drained.IsCompleted);
        release.SetResult();
        Assert.Equal("last words", busy.Receive());
        Assert.Null(busy.Receive());
        Assert.Equal(0, await TcpFixture.Guard(drained));
        Assert.ThrowsAny<System.Net.Sockets.SocketException>(() => tcp.Connect());
    }

    [Fact]
    public async Task A_drain_ends_what_is_left_at_its_deadline_and_says_how_many()
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync(
            static async (_, ct) => await Task.Delay(Timeout.InfiniteTimeSpan, ct));
        TcpTestClient client = tcp.Connect();
        client.Send("endless");
        await TcpFixture.UntilAsync(() => tcp.Table.Counts.MessagesIn == 1);
        int timers = tcp.Clock.TimerCount;
        Task<int> drained = tcp.Actor.AskAsync<int>(
            done => new TcpListenerCommand.Drain(TimeSpan.FromSeconds(5), done),
            TimeSpan.FromMinutes(1),
            TestContext.Current.CancellationToken);
        await TcpFixture.Guard(tcp.Clock.WhenTimersAsync(timers + 2)); // One for the question, one for the drain's deadline.
        tcp.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, await TcpFixture.Guard(drained));
        Assert.Null(client.Receive());
    }

    [Fact]
    public async Task A_stopped_listener_closes_socket_and_connections()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync();
        TcpTestClient client = tcp.Connect();
        Assert.Equal("hello", client.Exchange("hello"));
        await TcpFixture.Guard(tcp.Actor.StopAsync());
        Assert.Null(client.Receive());
        Assert.ThrowsAny<System.Net.Sockets.SocketException>(() => tcp.Connect());
        await TcpFixture.UntilAsync(() => tcp.Table.Count == 0);
    }

    [Fact]
    public async Task A_listener_that_fails_restarts_with_its_socket_and_its_connections()
    {
        TimeSpan never = TimeSpan.FromDays(10_000); // The clock is moved until the restart has come, however far that is.
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync(
            TcpFixture.Options with { InitialTimeout = never, IdleTimeout = never });
        TcpTestClient client = tcp.Connect();
        Assert.Equal("before", client.Exchange("before"));
        await tcp.IdleAsync();
        tcp.Failing.FailNext();
        await TcpFixture.UntilAsync(() =>
        {
            tcp.Clock.Advance(TimeSpan.FromMilliseconds(500));
            return tcp.Failing.HasFailed;
        });
        Assert.Equal("after", client.Exchange("after"));
        TcpTestClient waiting = tcp.Connect();
        waiting.Send("new");
        await TcpFixture.UntilAsync(() =>
        {
            tcp.Clock.Advance(TimeSpan.FromMilliseconds(10));
            return tcp.Table.Counts.MessagesIn == 3;
        });
        Assert.Equal("new", waiting.Receive());
    }
}

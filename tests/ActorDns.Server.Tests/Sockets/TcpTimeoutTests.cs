using ActorDns.Server.Sockets;

namespace ActorDns.Server.Tests.Sockets;

public sealed class TcpTimeoutTests
{
    private static readonly TcpListenerOptions Options = TcpFixture.Options with
    {
        InitialTimeout = TimeSpan.FromSeconds(10),
        IdleTimeout = TimeSpan.FromSeconds(30),
        KeepaliveTimeout = TimeSpan.FromSeconds(120),
        WriteTimeout = TimeSpan.FromSeconds(20),
    };

    [Fact]
    public async Task A_connection_without_a_message_is_closed_after_the_initial_timeout()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync(Options);
        TcpTestClient client = await tcp.ConnectAsync();
        tcp.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(client.Receive());
        Assert.Equal(1, tcp.Table.Counts.IdleClosed);
    }

    [Fact, Rfc(7766, "6.2.3")]
    public async Task Part_of_a_message_does_not_extend_the_initial_timeout()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync(Options);
        TcpTestClient client = await tcp.ConnectAsync();
        client.Write(TcpTestClient.Framed("never whole").AsSpan(0, 5));
        tcp.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(client.Receive());
    }

    [Fact, Rfc(7766, "6.2.3")]
    public async Task An_idle_connection_stays_until_the_idle_timeout_and_is_closed_after_it()
    {
        await using TcpFixture tcp = await TcpFixture.StartEchoAsync(Options);
        TcpTestClient client = tcp.Connect();
        Assert.Equal("one", client.Exchange("one"));
        await tcp.IdleAsync();
        tcp.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("two", client.Exchange("two"));
        await tcp.IdleAsync();
        tcp.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(client.Receive());
        Assert.Equal(1, tcp.Table.Counts.IdleClosed);
    }

    [Fact, Rfc(7828, "3.3.1")]
    public async Task A_client_that_asked_for_keepalive_stays_for_the_keepalive_timeout()
    {
        await using TcpFixture tcp = await TcpFixture.StartAsync(
            static (request, ct) =>
            {
                request.Connection.UseKeepalive();
                return request.SendAsync(request.Message, ct);
            },
            Options);
        TcpTestClient client = tcp.Connect();
        Assert.Equal("one", client.Exchange("one"));
        await tcp.IdleAsync();
        tcp.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal("two", client.Exchange("two"));
        Assert.True(Assert.Single(tcp.Table.List()).IsKeepalive);
        await tcp.IdleAsync();
        tcp.Clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Null(client.Receive());
    }

    [Fact]
    public async Task A_connection_with_a_request_in_flight_is_not_idle()
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TcpFixture tcp = await TcpFixture.StartAsync(
            async (request, ct) =>
            {
                await release.Task.WaitAsync(ct);
                await request.SendAsync(request.Message, ct);
            },
            Options);
        TcpTestClient client = tcp.Connect();
        client.Send("patience");
        await TcpFixture.UntilAsync(() => tcp.Table.Counts.MessagesIn == 1);
        tcp.Clock.Advance(TimeSpan.FromSeconds(300));
        release.SetResult();
        Assert.Equal("patience", client.Receive());
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_ended_by_the_write_timeout()
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TcpFixture tcp = await TcpFixture.StartAsync(
            async (request, ct) =>
            {
                byte[] message = new byte[60_000];
                while (request.Connection.IsOpen)
                    await request.SendAsync(message, CancellationToken.None);
                ended.SetResult();
            },
            Options);
        TcpTestClient client = tcp.Connect();
        client.Send("everything");
        await TcpFixture.UntilAsync(() => tcp.Table.Counts.MessagesIn == 1);
        await tcp.AdvanceUntilAsync(TimeSpan.FromSeconds(21), ended.Task);
        await TcpFixture.UntilAsync(() => tcp.Table.Count == 0);
        Assert.Equal(1, tcp.Table.Counts.WriteTimeouts);
    }
}

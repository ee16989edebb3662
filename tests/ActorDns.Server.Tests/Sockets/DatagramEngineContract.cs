using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorDns.Server.Sockets;
using static ActorDns.Server.Tests.Sockets.UdpFixture;

namespace ActorDns.Server.Tests.Sockets;

/// <summary>What every UDP engine must do, run once for each.</summary>
public abstract class DatagramEngineContract(DatagramEngineKind kind)
{
    protected UdpListenerOptions Options { get; } = new()
    {
        Endpoint = At("127.0.0.1"),
        Engine = kind,
        SpinMicroseconds = 0,
    };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.7.7.7")]
    [InlineData("::1")]
    public void A_datagram_is_answered_to_its_sender_and_both_ends_are_known(string address)
    {
        using UdpFixture udp = new(Options, address);
        Socket client = udp.Client();
        client.Send(Bytes("hello"));
        udp.RunUntilReceived(1);
        Assert.Equal("hello", Receive(client));
        IPEndPoint sender = (IPEndPoint)client.LocalEndPoint!;
        Assert.Equal(
            (At(sender.Address.ToString(), (ushort)sender.Port), At(address, udp.Sockets[0].Local.Port)),
            Assert.Single(udp.Handler.Endpoints));
    }

    [Fact]
    public void A_bound_socket_reports_the_port_it_was_given()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Assert.NotEqual(0, udp.Sockets[0].Local.Port);
    }

    [Fact]
    public void Many_datagrams_are_answered_one_by_one_in_batches_no_larger_than_the_limit()
    {
        using UdpFixture udp = new(Options with { BatchSize = 16 }, "127.0.0.1");
        Socket client = udp.Client();
        string[] texts =
            [.. Enumerable.Range(0, 100).Select(static i => "query " + i.ToString(CultureInfo.InvariantCulture))];
        foreach (string text in texts)
            client.Send(Bytes(text));
        udp.RunUntilReceived(100);
        Assert.Equal(texts.Order(), texts.Select(_ => Receive(client)).Order());
        Assert.Equal((100, 16), (udp.Handler.Prepared, udp.Handler.LargestBatch));
        Assert.Equal(udp.Handler.Batches, udp.Handler.Ended);
    }

    [Fact]
    public void Each_of_many_senders_gets_its_own_answer()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket[] clients = [.. Enumerable.Range(0, 40).Select(_ => udp.Client())];
        for (int i = 0; i < clients.Length; i++)
            clients[i].Send(Bytes($"client {i:00}"));
        udp.RunUntilReceived(40);
        for (int i = 0; i < clients.Length; i++)
            Assert.Equal($"client {i:00}", Receive(clients[i]));
    }

    [Fact]
    public void Several_sockets_of_one_loop_answer_from_their_own_addresses()
    {
        using UdpFixture udp = new(Options, "127.0.0.1", "127.0.0.2", "::1");
        Socket[] clients = [udp.Client(0), udp.Client(1), udp.Client(2)];
        foreach (Socket client in clients)
            client.Send(Bytes("hello"));
        udp.RunUntilReceived(3);
        Assert.All(clients, static client => Assert.Equal("hello", Receive(client)));
        Assert.Equal(
            udp.Sockets.Select(static socket => socket.Local).ToHashSet(),
            udp.Handler.Endpoints.Select(static pair => pair.Local).ToHashSet());
    }

    [Fact]
    public void A_busy_socket_does_not_starve_another_of_the_same_loop()
    {
        using UdpFixture udp = new(Options with { BatchSize = 4, SpinMicroseconds = 1_000_000 }, "127.0.0.1", "127.0.0.2");
        Socket busy = udp.Client(0);
        for (int i = 0; i < 40; i++)
            busy.Send(Bytes("busy"));
        udp.Client(1).Send(Bytes("rare"));
        for (int i = 0; i < 4; i++)
            udp.Loop.RunOnce();
        Assert.Contains(udp.Handler.Endpoints, pair => pair.Local == udp.Sockets[1].Local);
    }

    [Fact]
    public void The_longest_request_is_taken_and_a_longer_one_dropped_and_counted()
    {
        using UdpFixture udp = new(Options with { RequestBytes = 512 }, "127.0.0.1");
        Socket client = udp.Client();
        client.Send(Bytes(new string('a', 513)));
        client.Send(Bytes(new string('b', 512)));
        udp.RunUntilReceived(2);
        Assert.Equal(new string('b', 512), Receive(client));
        Assert.Equal((1, 1), (udp.Loop.Counts.Dropped, udp.Handler.Prepared));
    }

    [Fact]
    public void An_empty_datagram_is_dropped_and_counted()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket client = udp.Client();
        client.Send(Array.Empty<byte>());
        client.Send(Bytes("next"));
        udp.RunUntilReceived(2);
        Assert.Equal("next", Receive(client));
        Assert.Equal((1, 1), (udp.Loop.Counts.Dropped, udp.Handler.Prepared));
    }

    [Fact]
    public void No_reply_is_sent_where_the_handler_gives_none()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket client = udp.Client();
        client.Send(Bytes("silent"));
        client.Send(Bytes("next"));
        udp.RunUntilReceived(2);
        Assert.Equal("next", Receive(client));
        Assert.Equal(1, udp.Loop.Counts.PacketsOut);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("p")]
    [InlineData("L")]
    public void A_handler_that_fails_costs_its_own_datagram_only(string order)
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket client = udp.Client();
        foreach (string text in new[] { "first", order, "next", order })
            client.Send(Bytes(text));
        udp.RunUntilReceived(4);
        Assert.Equal(["first", "next"], new[] { Receive(client), Receive(client) });
        Assert.Equal((2, 2), (udp.Loop.Counts.HandlerFaults, udp.Loop.Counts.PacketsOut));
        Assert.Equal(udp.Handler.Batches, udp.Handler.Ended);
    }

    [Fact]
    public void Replies_to_a_client_that_is_gone_do_not_disturb_the_next()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        for (int i = 0; i < 3; i++)
        {
            using Socket gone = udp.Client();
            gone.Send(Bytes("bye"));
            gone.Close();
            udp.RunUntilReceived(i + 1);
        }

        Socket client = udp.Client();
        client.Send(Bytes("hello"));
        udp.RunUntilReceived(4);
        Assert.Equal("hello", Receive(client));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.2")]
    public async Task A_wake_brings_a_waiting_loop_back_without_traffic(params string[] addresses)
    {
        using UdpFixture udp = new(Options, addresses);
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource handled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool command = false;
        Thread thread = new(() =>
        {
            entered.SetResult();
            while (!Volatile.Read(ref command))
                udp.Loop.RunOnce();
            handled.SetResult();
        });
        thread.Start();
        await entered.Task;
        Volatile.Write(ref command, true);
        udp.Loop.Wake();
        await handled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        thread.Join();
    }

    [Fact]
    public void A_wake_after_the_end_of_a_loop_has_no_effect()
    {
        using UdpFixture udp = new(Options, "127.0.0.1", "127.0.0.2");
        ListenerLoop ended = udp.Loop;
        udp.Restart();
        ended.Wake();
        udp.Client().Send(Bytes("hello"));
        udp.RunUntilReceived(1);
    }

    [Fact]
    public void A_new_loop_on_the_same_socket_answers_what_queued_meanwhile()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket client = udp.Client();
        udp.Loop.Dispose();
        client.Send(Bytes("one"));
        client.Send(Bytes("two"));
        udp.Restart();
        udp.RunUntilReceived(2);
        Assert.Equal(["one", "two"], new[] { Receive(client), Receive(client) });
    }

    [Fact]
    public void A_socket_that_is_given_up_frees_its_address()
    {
        UdpFixture udp = new(Options with { ReusePort = false }, "127.0.0.1");
        UdpListenerOptions same = Options with { ReusePort = false, Endpoint = udp.Sockets[0].Local };
        Assert.Throws<SocketException>(() => BoundDatagramSocket.Open(same));
        udp.Dispose();
        using BoundDatagramSocket again = BoundDatagramSocket.Open(same);
        Assert.Equal(same.Endpoint, again.Local);
    }

    [Fact]
    public void A_loop_answers_without_managed_allocation()
    {
        using UdpFixture udp = new(Options, "127.0.0.1", "::1");
        udp.UseQuietHandler();
        Socket[] clients = [udp.Client(0), udp.Client(1)];
        byte[] query = Bytes("a query of ordinary length");
        long allocated = 0;
        for (int round = 0; round < 40; round++)
        {
            foreach (Socket client in clients)
            {
                for (int i = 0; i < 20; i++)
                    client.Send(query);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int turn = 0; turn < 20 && udp.Loop.Counts.PacketsIn < (round + 1) * 40; turn++)
                udp.Loop.RunOnce();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            foreach (Socket client in clients)
            {
                for (int i = 0; i < 20; i++)
                    Assert.Equal(query.Length, client.Receive(new byte[64]));
            }
        }

        Assert.Equal(1_600, udp.Loop.Counts.PacketsOut);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Counters_tell_packets_and_octets_of_both_directions()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket client = udp.Client();
        client.Send(Bytes("12345"));
        client.Send(Bytes("s23"));
        udp.RunUntilReceived(2);
        ListenerCounts counts = udp.Loop.Counts;
        Assert.Equal((2, 1, 8, 5), (counts.PacketsIn, counts.PacketsOut, counts.BytesIn, counts.BytesOut));
    }
}

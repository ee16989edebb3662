using System.Net.Sockets;
using ActorDns.Server.Sockets;
using static ActorDns.Server.Tests.Sockets.UdpFixture;

namespace ActorDns.Server.Tests.Sockets;

public sealed class LinuxDatagramEngineTests() : DatagramEngineContract(DatagramEngineKind.Linux)
{
    [Fact]
    public void Replies_of_one_batch_to_one_client_arrive_as_the_same_datagrams_whether_grouped_or_not()
    {
        (ListenerCounts counts, List<string> replies) grouped = Exchange(Options);
        (ListenerCounts counts, List<string> replies) single = Exchange(Options with { GroupReplies = false });
        Assert.Equal(single.replies, grouped.replies);
        Assert.Equal((0, single.counts.PacketsOut), (single.counts.Groups, grouped.counts.PacketsOut));
        Assert.Equal(single.counts.BytesOut, grouped.counts.BytesOut);
        Assert.InRange(grouped.counts.Groups, 1, 12);
    }

    [Fact]
    public void A_group_that_the_system_refuses_is_sent_reply_by_reply_and_grouping_stops()
    {
        const int SoNoCheck = 11; // Without checksums there is no segmented send over IPv4.
        using UdpFixture udp = new(Options, "127.0.0.1");
        udp.Sockets[0].Socket.SetRawSocketOption(LinuxNative.SolSocket, SoNoCheck, BitConverter.GetBytes(1));
        Socket client = udp.Client();
        for (int i = 0; i < 10; i++)
            client.Send(Bytes($"query {i}"));
        udp.RunUntilReceived(10);
        for (int i = 0; i < 10; i++)
            Assert.Equal($"query {i}", Receive(client));
        Assert.Equal((10, 0, 0), (udp.Loop.Counts.PacketsOut, udp.Loop.Counts.Groups, udp.Loop.Counts.SendErrors));
        Assert.False(udp.Sockets[0].CanGroup);
    }

    [Fact]
    public void More_replies_than_a_group_may_have_go_out_as_several_groups()
    {
        using UdpFixture udp = new(Options with { BatchSize = 200 }, "127.0.0.1");
        Socket client = udp.Client();
        for (int i = 0; i < 150; i++)
            client.Send(Bytes($"{i:000}" + new string('n', 1_197)));
        udp.RunUntilReceived(150);
        for (int i = 0; i < 150; i++)
            Assert.StartsWith($"{i:000}", Receive(client), StringComparison.Ordinal);
        Assert.Equal(3, udp.Loop.Counts.Groups);
    }

    [Fact]
    public void Replies_above_the_smallest_path_mtu_are_never_grouped()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket client = udp.Client();
        for (int i = 0; i < 4; i++)
            client.Send(Bytes(new string('n', 1_233)));
        udp.RunUntilReceived(4);
        Assert.Equal((4, 0), (udp.Loop.Counts.PacketsOut, udp.Loop.Counts.Groups));
    }

    [Theory, Rfc(9715, "3.1")]
    [InlineData("127.0.0.1", LinuxNative.SolIp, LinuxNative.IpMtuDiscover)]
    [InlineData("::1", LinuxNative.SolIpv6, LinuxNative.Ipv6MtuDiscover)]
    public void A_socket_ignores_path_mtu_values_learned_from_the_network(string address, int level, int name)
    {
        using BoundDatagramSocket socket = BoundDatagramSocket.Open(Options with { Endpoint = At(address) });
        byte[] value = new byte[sizeof(int)];
        socket.Socket.GetRawSocketOption(level, name, value);
        Assert.Equal(LinuxNative.MtuDiscoverOmit, BitConverter.ToInt32(value));
    }

    [Fact]
    public void Two_sockets_share_an_address_so_that_two_threads_can_serve_it()
    {
        using BoundDatagramSocket first = BoundDatagramSocket.Open(Options);
        using BoundDatagramSocket second = BoundDatagramSocket.Open(Options with { Endpoint = first.Local });
        Assert.Equal(first.Local, second.Local);
    }

    [Fact]
    public void A_loop_keeps_its_socket_when_the_owner_closes_first()
    {
        using UdpFixture udp = new(Options, "127.0.0.1");
        Socket client = udp.Client();
        udp.Sockets[0].Dispose();
        client.Send(Bytes("hello"));
        udp.RunUntilReceived(1);
        Assert.Equal("hello", Receive(client));
    }

    [Fact]
    public async Task A_wake_before_the_wait_is_remembered()
    {
        using UdpFixture udp = new(Options, "127.0.0.1", "127.0.0.2");
        using LinuxReadiness readiness = new([.. udp.Sockets.Select(
            static socket => NativeDescriptor.Duplicate(socket.Socket.SafeHandle))]);
        readiness.Wake();
        TaskCompletionSource<int> returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => returned.SetResult(readiness.Next(timeoutMilliseconds: -1))) { IsBackground = true }.Start();
        Assert.Equal(-1, await returned.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    /// <summary>Three clients, four reply lengths, one batch; what each client got, in its order per length.</summary>
    private static (ListenerCounts Counts, List<string> Replies) Exchange(UdpListenerOptions options)
    {
        using UdpFixture udp = new(options, "127.0.0.1");
        Socket[] clients = [udp.Client(), udp.Client(), udp.Client()];
        for (int i = 0; i < 60; i++)
            clients[i % 3].Send(Bytes($"{i:00}" + new string('n', i * 7 % 4 * 100)));
        udp.RunUntilReceived(60);
        List<string> replies = [];
        for (int client = 0; client < 3; client++)
        {
            for (int i = 0; i < 20; i++)
                replies.Add(client + Receive(clients[client]));
        }

        return (udp.Loop.Counts, [.. replies.Order(StringComparer.Ordinal)]);
    }
}

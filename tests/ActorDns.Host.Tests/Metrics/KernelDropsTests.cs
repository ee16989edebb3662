using System.Net;
using ActorDns.Host.Metrics;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Tests.Metrics;

public sealed class KernelDropsTests
{
    private const string IPv4 =
        " 1234: 0100007F:14B4 00000000:0000 07 00000000:00000000 00:00000000 00000000   104        0 25051 2 00000000a1b2c3d4 17";

    private const string IPv6 =
        " 1235: B80D0120000000000000000001000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 "
        + "00000000   104        0 25052 2 00000000a1b2c3d5 4";

    [Theory]
    [InlineData(IPv4, "127.0.0.1", 5300, 17)]
    [InlineData(IPv4, "127.0.0.1", 53, 0)]
    [InlineData(IPv4, "127.0.0.2", 5300, 0)]
    [InlineData(IPv6, "2001:db8::1", 53, 4)]
    [InlineData(IPv6, "2001:db8::2", 53, 0)]
    [InlineData("   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid", "127.0.0.1", 53, 0)]
    [InlineData("", "127.0.0.1", 53, 0)]
    public void Drops_are_those_of_the_sockets_that_are_asked_for(string line, string address, ushort port, long expected) =>
        Assert.Equal(expected, KernelDrops.DropsOf(line, [new NetEndpoint(NetAddress.From(IPAddress.Parse(address)), port)]));

    [Fact]
    public void Socket_of_this_process_is_found_in_the_table_of_the_system()
    {
        using System.Net.Sockets.UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
        socket.Client.ReceiveBufferSize = 4_096;
        using System.Net.Sockets.UdpClient sender = new();
        for (int i = 0; i < 1_000; i++)
            sender.Send(new byte[512], new IPEndPoint(IPAddress.Loopback, port));
        long drops = KernelDrops.Of([new NetEndpoint(NetAddress.From(IPAddress.Loopback), (ushort)port)]);
        Assert.InRange(drops, 1, 1_000);
    }
}

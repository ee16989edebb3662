using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ActorDns.System.Tests.Cluster;

/// <summary>Where nodes live and how clients reach them: network namespaces, or loopback addresses.</summary>
internal sealed class ClusterSite
{
    private static int _sites;
    private readonly Func<int, IPAddress> _address;

    private ClusterSite(Func<int, IPAddress> address, Func<int, string[]> under, string[] underClients, Func<Socket> newSocket)
    {
        _address = address;
        UnderNode = under;
        UnderClients = underClients;
        NewDatagramSocket = newSocket;
    }

    public const int Port = 5355;

    /// <summary>The words before a command that run it where a node lives; the first node is 1.</summary>
    public Func<int, string[]> UnderNode { get; }

    /// <summary>The words before a command that run it where clients live.</summary>
    public string[] UnderClients { get; }

    /// <summary>A UDP socket of a client.</summary>
    public Func<Socket> NewDatagramSocket { get; }

    /// <summary>Where clients find a node.</summary>
    public IPEndPoint EndPoint(int node) => new(_address(node), Port);

    /// <summary>Nodes in the namespaces of a lab, clients in its hub.</summary>
    public static ClusterSite In(NetworkLab lab) => new(
        node => NetworkLab.NodeAddress(NetworkLab.Cable.Clients, node),
        node => NetworkLab.Inside(lab.Node(node)),
        NetworkLab.Inside(lab.Hub),
        () => lab.SocketInHub(SocketType.Dgram, ProtocolType.Udp));

    /// <summary>Nodes on loopback addresses that no other site of this run has.</summary>
    public static ClusterSite OnLoopback()
    {
        byte site = (byte)(100 + (Interlocked.Increment(ref _sites) % 100));
        return new ClusterSite(
            node => new IPAddress([127, 0, site, (byte)node]),
            _ => [],
            [],
            () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"nodes from {EndPoint(1)}");
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ActorDns.Testing.Processes;
using Microsoft.Win32.SafeHandles;

namespace ActorDns.System.Tests.Cluster;

/// <summary>
/// A hub and some nodes, each a network namespace of its own. Two cables lead from the hub to each node, one for its clients and one for its
/// database, and each can be cut, so that packets vanish without a word.
/// </summary>
public sealed partial class NetworkLab : IAsyncDisposable
{
    private const string Ip = "ip";
    private const int NewNetworkNamespace = 0x40000000;
    private static int _labs;
    private readonly string _prefix = string.Create(
        CultureInfo.InvariantCulture, $"ad{Environment.ProcessId % 10_000}{(char)('a' + (Interlocked.Increment(ref _labs) % 26))}");

    private readonly int _nodes;

    private NetworkLab(int nodes) => _nodes = nodes;

    /// <summary>Makes the namespaces; null when this machine does not let us.</summary>
    public static async Task<NetworkLab?> TryCreateAsync(int nodes)
    {
        NetworkLab lab = new(nodes);
        ToolResult made = await Tool.RunAsync(Ip, "netns", "add", lab.Hub);
        if (made.ExitCode != 0)
            return null;
        try
        {
            await RunAsync("-n", lab.Hub, "link", "set", "lo", "up");
            for (int node = 1; node <= nodes; node++)
            {
                await RunAsync("netns", "add", lab.Node(node));
                await RunAsync("-n", lab.Node(node), "link", "set", "lo", "up");
                foreach (Cable cable in Enum.GetValues<Cable>())
                    await lab.ConnectAsync(cable, node);
            }

            return lab;
        }
        catch (InvalidOperationException)
        {
            await lab.DisposeAsync();
            return null;
        }
    }

    /// <summary>Name of the namespace in the middle.</summary>
    public string Hub => $"{_prefix}h";

    /// <summary>Name of a node's namespace; the first is 1.</summary>
    public string Node(int node) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}n{node}");

    /// <summary>The hub's address on a cable.</summary>
    public static IPAddress HubAddress(Cable cable, int node) => new([10, 213, (byte)((int)cable * 100 + node), 1]);

    /// <summary>The node's address on a cable.</summary>
    public static IPAddress NodeAddress(Cable cable, int node) => new([10, 213, (byte)((int)cable * 100 + node), 2]);

    /// <summary>The words before a command that run it in a namespace.</summary>
    public static string[] Inside(string networkNamespace) => [Ip, "netns", "exec", networkNamespace];

    /// <summary>Cuts a cable: what either end sends is dropped, as a queue without room drops it.</summary>
    public async Task CutAsync(Cable cable, int node)
    {
        await QueueAsync(Hub, "replace", HubEnd(cable, node), "pfifo", "limit", "0");
        await QueueAsync(Node(node), "replace", NodeEnd(cable), "pfifo", "limit", "0");
    }

    /// <summary>Mends a cable.</summary>
    public async Task MendAsync(Cable cable, int node)
    {
        await QueueAsync(Node(node), "del", NodeEnd(cable));
        await QueueAsync(Hub, "del", HubEnd(cable, node));
    }

    /// <summary>A socket that lives in the hub, whoever uses it: a socket stays in the namespace of the thread that made it.</summary>
    public Socket SocketInHub(SocketType type, ProtocolType protocol)
    {
        Socket? made = null;
        Exception? failed = null;
        string hub = Hub;
        Thread thread = new(() =>
        {
            try
            {
                using SafeFileHandle handle = File.OpenHandle($"/var/run/netns/{hub}");
                if (SetNamespace(handle, NewNetworkNamespace) != 0)
                    throw new InvalidOperationException($"cannot enter namespace {hub}: error {Marshal.GetLastPInvokeError()}");
                made = new Socket(AddressFamily.InterNetwork, type, protocol);
            }
            catch (Exception failure)
            {
                failed = failure;
            }
        });
        thread.Start();
        thread.Join();
        return made ?? throw new InvalidOperationException("no socket in the hub", failed);
    }

    public async ValueTask DisposeAsync()
    {
        for (int node = 1; node <= _nodes; node++)
            await Tool.RunAsync(Ip, "netns", "del", Node(node));
        await Tool.RunAsync(Ip, "netns", "del", Hub); // Its cables go with it.
    }

    private async Task ConnectAsync(Cable cable, int node)
    {
        string hubEnd = HubEnd(cable, node);
        string nodeEnd = NodeEnd(cable);
        await RunAsync("-n", Hub, "link", "add", hubEnd, "type", "veth", "peer", "name", nodeEnd, "netns", Node(node));
        await RunAsync("-n", Hub, "addr", "add", $"{HubAddress(cable, node)}/24", "dev", hubEnd);
        await RunAsync("-n", Node(node), "addr", "add", $"{NodeAddress(cable, node)}/24", "dev", nodeEnd);
        await RunAsync("-n", Hub, "link", "set", hubEnd, "up");
        await RunAsync("-n", Node(node), "link", "set", nodeEnd, "up");
    }

    private static string NodeEnd(Cable cable) => cable.ToString().ToLowerInvariant();

    private static string HubEnd(Cable cable, int node) => string.Create(CultureInfo.InvariantCulture, $"{NodeEnd(cable)}{node}");

    private static async Task QueueAsync(string networkNamespace, string verb, string end, params string[] queue) =>
        (await Tool.RunAsync("tc", ["-n", networkNamespace, "qdisc", verb, "dev", end, "root", .. queue])).OrThrow();

    private static async Task RunAsync(params string[] arguments) => (await Tool.RunAsync(Ip, arguments)).OrThrow();

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle handle, int kind);

    /// <summary>What leads from the hub to a node.</summary>
    public enum Cable
    {
        /// <summary>To the node's database.</summary>
        Database,

        /// <summary>To the node's clients.</summary>
        Clients,
    }
}

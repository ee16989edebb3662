using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>A zone on a BIND that tells three nodes of its changes; one of them, its steward, fetches it for all.</summary>
internal sealed class CopiedZone : IAsyncDisposable
{
    public const string Zone = "copied";

    private const string Text = "$TTL 300\n@ SOA ns1 hostmaster 1 3600 900 604800 300\n@ NS ns1\nns1 A 192.0.2.1\n";
    private readonly TempFolder _folder = new();
    private ServerUnderTest? _primary;

    private CopiedZone()
    {
    }

    public ClusterNodes Nodes { get; private set; } = null!;

    /// <summary>Starts all four; the nodes serve serial 1 and have shared the zones.</summary>
    public static async Task<CopiedZone> StartAsync()
    {
        CopiedZone zone = new();
        try
        {
            zone._folder.Write("copied.db", Text);
            int[] ports = [FreePorts.Take(), FreePorts.Take(), FreePorts.Take()];
            NamedConf conf = new NamedConf().Key(ClusterNodes.Key).Primary(
                Zone,
                "copied.db",
                $"allow-update {{ key \"{ClusterNodes.Key.Name}\"; }}; notify explicit; "
                + $"also-notify {{ {string.Concat(ports.Select(port => $"127.0.0.1 port {port}; "))} }};");
            zone._primary = await ServerUnderTest.StartAsync(zone._folder, conf, ServerKind.Bind);
            zone.Nodes = await ClusterNodes.StartAsync(more: ours => ours.Statement(Statement(zone._primary)), ports: ports);
            await zone.Nodes.WaitForSerialAsync(1, Zone);
            await zone.Nodes.WaitForStewardsAsync();
            return zone;
        }
        catch
        {
            await zone.DisposeAsync();
            throw;
        }
    }

    /// <summary>The zone as a node is configured with it.</summary>
    public static string Statement(ServerUnderTest primary) =>
        $"zone \"{Zone}\" {{ type secondary; file \"copy.db\"; primaries {{ 127.0.0.1 port {primary.Port}; }}; allow-transfer {{ any; }}; }};";

    /// <summary>True when a node says that it has fetched a serial itself.</summary>
    public static bool HasTransferred(ClusterNodes nodes, int node, uint serial) => nodes.Servers[node].Process.Lines.Any(line =>
        line.Contains("Transfer completed", StringComparison.Ordinal)
        && line.Contains(string.Create(CultureInfo.InvariantCulture, $"(serial {serial})"), StringComparison.Ordinal));

    /// <summary>Changes the zone at its primary.</summary>
    public async Task UpdateAsync(string line) => (await Tool.RunAsync(
        "nsupdate",
        ["-k", _folder.Write("update.key", ClusterNodes.Key.ToNamedConf())],
        $"server 127.0.0.1 {_primary!.Port}\nzone {Zone}.\n{line}\nsend\n")).OrThrow();

    public async ValueTask DisposeAsync()
    {
        if (Nodes is not null)
            await Nodes.DisposeAsync();
        if (_primary is not null)
            await _primary.DisposeAsync();
        _folder.Dispose();
    }
}

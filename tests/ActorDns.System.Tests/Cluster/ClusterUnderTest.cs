using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>Nodes that share a PostgreSQL, each a process with files of its own.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    public static readonly TestKey Key = TestKey.Create("cluster-key");

    private readonly TempFolder _folder = new();
    private readonly ChildProcess?[] _processes;
    private readonly Func<int, string> _connection;

    private ClusterUnderTest(ClusterSite site, Func<int, string> connection, string[] zones, int nodes)
    {
        Site = site;
        _connection = connection;
        Zones = zones;
        _processes = new ChildProcess?[nodes];
    }

    public ClusterSite Site { get; }

    public string[] Zones { get; }

    public int Nodes => _processes.Length;

    /// <summary>Starts the nodes; <paramref name="connection"/> says where each finds the database.</summary>
    public static async Task<ClusterUnderTest> StartAsync(ClusterSite site, int nodes, string[] zones, Func<int, string> connection)
    {
        ClusterUnderTest cluster = new(site, connection, zones, nodes);
        try
        {
            for (int node = 1; node <= nodes; node++)
            {
                cluster.WriteFiles(node);
                await cluster.StartNodeAsync(node);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node and waits until it serves.</summary>
    public async Task StartNodeAsync(int node)
    {
        (string program, string[] arguments) = ServerUnderTest.CommandOf(ServerKind.ActorDns);
        string[] command =
        [
            .. Site.UnderNode(node), Tool.Find(program), .. arguments, "-g", "-c", Path.Combine(Folder(node), "named.conf"),
        ];
        ChildProcess process = ChildProcess.Start(command[0], command[1..], Folder(node));
        if (_processes[node - 1] is { } before)
            await before.DisposeAsync();
        _processes[node - 1] = process;
        await process.WaitForLineAsync(line => line.TrimEnd().EndsWith("running", StringComparison.Ordinal), "that it is running", 0, null);
    }

    /// <summary>Kills a node as a crash would.</summary>
    public async Task KillNodeAsync(int node)
    {
        _processes[node - 1]!.Kill();
        await _processes[node - 1]!.WaitForExitAsync();
    }

    /// <summary>What a node has logged since its last start.</summary>
    public string[] LinesOf(int node) => _processes[node - 1]?.Lines ?? [];

    /// <summary>The zone's records as a node gives them, sorted.</summary>
    public async Task<string[]> TransferAsync(int node, string zone)
    {
        ToolResult dig = (await DigAsync(node, zone, "AXFR", "+noall", "+answer", "+onesoa")).OrThrow();
        string[] lines = [.. dig.Lines.Where(line => !line.StartsWith(';')).Select(Normal)]; // It remarks that later messages have no OPT.
        Array.Sort(lines, StringComparer.Ordinal);
        return lines;
    }

    /// <summary>Runs dig where clients are, signing with <see cref="Key"/>.</summary>
    public Task<ToolResult> DigAsync(int node, params string[] arguments)
    {
        string[] command =
        [
            .. Site.UnderClients, Tool.Find("dig"), $"@{Site.EndPoint(node).Address}", "-p", ClusterSite.Port.ToString(CultureInfo.InvariantCulture),
            "-y", Key.ForDig, .. arguments,
        ];
        return Tool.RunAsync(command[0], command[1..], null);
    }

    /// <summary>A line of dig with single blanks.</summary>
    public static string Normal(string line) => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess? process in _processes)
        {
            if (process is not null)
                await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string Folder(int node) => Path.Combine(_folder.FullPath, string.Create(CultureInfo.InvariantCulture, $"node{node}"));

    private void WriteFiles(int node)
    {
        Directory.CreateDirectory(Folder(node));
        NamedConf conf = new NamedConf().ListenOn(Site.EndPoint(node).Address.ToString()).Key(Key);
        foreach (string zone in Zones)
        {
            conf.Primary(zone, $"{zone}.db", $"allow-update {{ key \"{Key.Name}\"; }}; allow-transfer {{ key \"{Key.Name}\"; }};");
            File.WriteAllText(Path.Combine(Folder(node), $"{zone}.db"), """
                $TTL 3600
                @       SOA     ns1 hostmaster 1 7200 900 1209600 300
                @       NS      ns1
                ns1     A       192.0.2.1

                """);
        }

        File.WriteAllText(Path.Combine(Folder(node), "named.conf"), conf.Build(Folder(node), ClusterSite.Port));
        File.WriteAllText(Path.Combine(Folder(node), "actordns.json"), string.Create(
            CultureInfo.InvariantCulture, $$"""{ "Node": "node{{node}}", "Store": { "ConnectionString": "{{_connection(node)}}" } }"""));
    }
}

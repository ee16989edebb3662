using System.Globalization;
using System.Net;
using System.Text.Json;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Cluster;

/// <summary>Servers that share a PostgreSQL, each a process with a folder of its own and the same dynamic zone.</summary>
internal sealed class ClusterNodes : IAsyncDisposable
{
    public static readonly TestKey Key = TestKey.Create("update-key");

    private readonly PostgreSqlServer _database;
    private readonly bool _ownsDatabase;
    private readonly string _connection;
    private readonly NamedConf _conf;
    private readonly List<TempFolder> _folders = [];
    private readonly List<ServerUnderTest> _servers = [];

    private ClusterNodes(PostgreSqlServer database, bool ownsDatabase, string connection, NamedConf conf)
    {
        _database = database;
        _ownsDatabase = ownsDatabase;
        _connection = connection;
        _conf = conf;
    }

    public PostgreSqlServer Database => _database;

    public IReadOnlyList<ServerUnderTest> Servers => _servers;

    public static string NameOf(int node) => $"node{node + 1}";

    /// <summary>Starts nodes; each has <c>example</c>, and what <paramref name="more"/> configures.</summary>
    /// <param name="count">How many.</param>
    /// <param name="more">Adds to the configuration that they share.</param>
    /// <param name="prepare">Adds to a node's folder before it starts.</param>
    /// <param name="cluster">The section <c>Cluster</c> of their settings.</param>
    /// <param name="zoneMore">Adds to the zone.</param>
    /// <param name="ports">Where they serve; free ports unless given.</param>
    public static async Task<ClusterNodes> StartAsync(
        int count = 3,
        Action<NamedConf>? more = null,
        Action<TempFolder, int>? prepare = null,
        object? cluster = null,
        string zoneMore = "",
        int[]? ports = null)
    {
        PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        NamedConf conf = new NamedConf().Key(Key).Primary(
            DynamicZone.Zone, "example.db", $"allow-update {{ key \"{Key.Name}\"; }}; allow-transfer {{ any; }}; {zoneMore}");
        more?.Invoke(conf);
        ClusterNodes nodes = new(database, true, await database.CreateDatabaseAsync(), conf);
        try
        {
            for (int node = 0; node < count; node++)
            {
                TempFolder folder = new();
                nodes._folders.Add(folder);
                folder.Write("example.db", DynamicZone.Text(DynamicZone.FirstSerial));
                folder.Write("actordns.json", JsonSerializer.Serialize(new
                {
                    Node = NameOf(node),
                    Store = new { ConnectionString = nodes._connection },
                    Cluster = cluster ?? new { PropagationTimeoutMs = 2_000 },
                }));
                prepare?.Invoke(folder, node);
                nodes._servers.Add(await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns, ports?[node]));
            }

            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node again, in the folder and at the port that it had.</summary>
    public async Task RestartAsync(int node)
    {
        ServerUnderTest before = _servers[node];
        await before.DisposeAsync();
        _servers[node] = await ServerUnderTest.StartAsync(_folders[node], _conf, ServerKind.ActorDns, before.Port);
    }

    /// <summary>The serial that a node serves.</summary>
    public async Task<uint> SerialAsync(int node, string zone = DynamicZone.Zone)
    {
        ToolResult dig = (await _servers[node].DigAsync(zone, "SOA", "+short")).OrThrow();
        return dig.Output.Split(' ') is [_, _, var serial, ..] ? uint.Parse(serial, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The records that a node serves, by transfer.</summary>
    public Task<string[]> RecordsAsync(int node, string zone = DynamicZone.Zone) => ZoneReader.ReadAsync(_servers[node].EndPoint, zone);

    /// <summary>Waits until all nodes serve a serial.</summary>
    public async Task WaitForSerialAsync(uint serial, string zone = DynamicZone.Zone)
    {
        for (int node = 0; node < _servers.Count; node++)
            await WaitForAsync(async () => await SerialAsync(node, zone) == serial, $"serial {serial} of {zone} at {NameOf(node)}");
    }

    /// <summary>Asks again and again until something is so.</summary>
    public static async Task WaitForAsync(Func<Task<bool>> condition, string what)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(50));
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            try
            {
                await pace.WaitForNextTickAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"waited in vain for {what}");
            }
        }
    }

    /// <summary>Waits until all nodes have served for so long that each keeps its share of the zones.</summary>
    public Task WaitForStewardsAsync() => WaitForAsync(
        async () => await QueryAsync(
            "SELECT count(*) FROM node WHERE state = 'serving' AND clock_timestamp() - started_at > interval '8 s'")
            == _servers.Count.ToString(CultureInfo.InvariantCulture),
        "all nodes to serve");

    /// <summary>What psql prints for a query.</summary>
    public Task<string> QueryAsync(string sql) => _database.QueryAsync(_connection.Split("Database=")[1], sql);

    /// <summary>The address of a node.</summary>
    public IPEndPoint EndPoint(int node) => _servers[node].EndPoint;

    /// <summary>Runs nsupdate with the key against a node.</summary>
    public Task<ToolResult> NsupdateAsync(int node, params string[] lines) => Tool.RunAsync(
        "nsupdate",
        ["-k", _folders[node].Write("update.key", Key.ToNamedConf())],
        $"server 127.0.0.1 {_servers[node].Port}\nzone {DynamicZone.Zone}.\n{string.Join('\n', lines)}\nsend\n");

    public async ValueTask DisposeAsync()
    {
        foreach (ServerUnderTest server in _servers)
            await server.DisposeAsync();
        foreach (TempFolder folder in _folders)
            folder.Dispose();
        if (_ownsDatabase)
            await _database.DisposeAsync();
    }
}

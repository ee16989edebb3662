using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Audit;

/// <summary>A server with a zone that nsupdate changes, a control channel, and the audit commands beside it.</summary>
internal sealed class AuditedServer : IAsyncDisposable
{
    public const string Zone = "example";

    public const string ZoneFile =
        "$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\nold A 192.0.2.99\n";

    private AuditedServer(ServerUnderTest server, TempFolder folder, int[] controlPorts)
    {
        (ControlPort, ReadOnlyPort, ClosedPort) = (controlPorts[0], controlPorts[1], controlPorts[2]);
        Server = server;
        Folder = folder;
    }

    public static TestKey Key { get; } = TestKey.Create("ops");

    public ServerUnderTest Server { get; }

    public TempFolder Folder { get; }

    public int ControlPort { get; }

    public int ReadOnlyPort { get; }

    /// <summary>A control channel that lets nobody in.</summary>
    public int ClosedPort { get; }

    /// <summary>Starts the server; its journal is in PostgreSQL when a connection string is given.</summary>
    public static async Task<AuditedServer> StartAsync(ServerKind kind = ServerKind.ActorDns, string? connectionString = null)
    {
        TempFolder folder = new();
        if (connectionString is not null)
            StoreFile.WritePostgreSql(folder, connectionString);
        folder.Write("example.db", ZoneFile);
        folder.Write("static.db", ZoneFile);
        folder.Write("ops.key", Key.ToNamedConf());
        folder.Write("wrong.key", Key.WithWrongSecret.ToNamedConf());
        folder.Write("stranger.key", (Key with { Name = "stranger" }).ToNamedConf());
        int[] ports = [FreePorts.Take(), FreePorts.Take(), FreePorts.Take()];
        folder.Write("rndc.conf", Key.ToNamedConf()
            + $"options {{ default-key \"ops\"; default-server 127.0.0.1; default-port {ports[0]}; }};\n");
        NamedConf conf = new NamedConf()
            .Key(Key)
            .Statement($$"""
                controls {
                    inet 127.0.0.1 port {{ports[0]}} allow { 127.0.0.1; } keys { ops; };
                    inet 127.0.0.1 port {{ports[1]}} allow { 127.0.0.1; } keys { ops; } read-only yes;
                    inet 127.0.0.1 port {{ports[2]}} allow { 192.0.2.1; } keys { ops; };
                };
                """)
            .Primary(Zone, "example.db", "update-policy { grant ops zonesub ANY; }; allow-transfer { key ops; };")
            .Primary("static.example", "static.db", "allow-transfer { key ops; };");
        return new AuditedServer(await ServerUnderTest.StartAsync(folder, conf, kind), folder, ports);
    }

    /// <summary>Runs nsupdate; its exit code tells whether the update was taken.</summary>
    public Task<ToolResult> UpdateAsync(string keyFile, params string[] lines) => Tool.RunAsync(
        "nsupdate",
        keyFile.Length == 0 ? [] : ["-k", Folder[keyFile]],
        $"server 127.0.0.1 {Server.Port}\nzone {Zone}\n{string.Join('\n', lines)}\nsend\n");

    /// <summary>Runs one of our commands over the server's configuration.</summary>
    public Task<ToolResult> OursAsync(params string[] arguments) => Tool.RunAsync(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "actordns.dll"), .. arguments, "-c", Server.ConfFile]);

    public Task<ToolResult> RndcAsync(params string[] arguments) => Tool.RunAsync("rndc", ["-c", Folder["rndc.conf"], .. arguments]);

    /// <summary>The zone as the server hands it out, its SOA apart: that has a new serial each time.</summary>
    public async Task<string[]> RecordsAsync(string zone = Zone)
    {
        ToolResult dig = await Server.DigAsync("-y", Key.ForDig, zone, "AXFR", "+noall", "+answer", "+onesoa");
        string[] all = await ZoneText.CanonicalOfAsync(zone, dig.Output, Folder);
        return [.. all.Where(line => !line.Contains("IN SOA", StringComparison.Ordinal))];
    }

    public async Task<string> SerialAsync(string zone = Zone) =>
        (await Server.DigAsync(zone, "SOA", "+short")).Output.Split(' ')[2];

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}

using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary>Ours with a zone for whom has a key, and <c>actordns key</c> beside it.</summary>
internal sealed class KeyedServer : IAsyncDisposable
{
    public const string Zone = "example";

    private const string ZoneText = "$TTL 60\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n";
    private static readonly TestKey Control = TestKey.Create("control-key");
    private readonly int _controlPort = FreePorts.Take();

    private KeyedServer()
    {
    }

    /// <summary>The key of named.conf, which lists and policy of the zone name.</summary>
    public static TestKey FirstKey { get; } = TestKey.Create("xfr");

    public TempFolder Folder { get; } = new();

    public ServerUnderTest Server { get; private set; } = null!;

    /// <summary>Starts it; the zone's statements may be added to.</summary>
    public static async Task<KeyedServer> StartAsync(string more = "")
    {
        KeyedServer keyed = new();
        keyed.Folder.Write("db.example", ZoneText);
        keyed.Folder.Write("control.key", Control.ToNamedConf());
        NamedConf conf = new NamedConf().Key(Control).Key(FirstKey)
            .Statement($"controls {{ inet 127.0.0.1 port {keyed._controlPort} allow {{ 127.0.0.1; }} keys {{ \"{Control.Name}\"; }}; }};")
            .Primary(Zone, "db.example", $$"""
                allow-transfer { key {{FirstKey.Name}}; key guest; };
                update-policy { grant {{FirstKey.Name}} zonesub ANY; };
                {{more}}
                """);
        try
        {
            keyed.Server = await ServerUnderTest.StartAsync(keyed.Folder, conf, ServerKind.ActorDns);
            return keyed;
        }
        catch
        {
            keyed.Folder.Dispose();
            throw;
        }
    }

    /// <summary>Runs <c>actordns key</c>.</summary>
    public Task<ToolResult> TryKeyAsync(string[] arguments, string? input = null)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "actordns.dll");
        return Tool.RunAsync("dotnet", [program, "key", .. arguments, "-p", $"{_controlPort}", "-k", Folder["control.key"]], input);
    }

    /// <summary>Runs <c>actordns key</c>, and gives what it prints when it succeeds.</summary>
    public async Task<string> KeyAsync(params string[] arguments) => (await TryKeyAsync(arguments)).OrThrow().Output;

    /// <summary>Runs <c>rndc</c>.</summary>
    public async Task<string> RndcAsync(params string[] arguments) =>
        (await Tool.RunAsync("rndc", ["-p", $"{_controlPort}", "-k", Folder["control.key"], .. arguments])).OrThrow().Output;

    /// <summary>True when who has the key of a file may transfer the zone.</summary>
    public async Task<bool> TransfersAsync(string keyFile)
    {
        ToolResult dig = await Server.DigAsync("-k", keyFile, Zone, "AXFR", "+noall", "+answer");
        return dig.ExitCode == 0 && dig.Output.Contains("\tSOA\t", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}

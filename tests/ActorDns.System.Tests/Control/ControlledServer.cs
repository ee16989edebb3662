using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Control;

/// <summary>A server with control channels, the zones that the tests are about, and rndc beside it.</summary>
internal sealed class ControlledServer : IAsyncDisposable
{
    public const string ZoneText = "$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\nwww A 127.0.0.2\n";
    private static readonly DateTime FileTime = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
    private static readonly TestKey Updates = TestKey.Create("upd");
    private NamedConf? _conf;

    private ControlledServer(ServerUnderTest server, TempFolder folder, int controlPort, int readOnlyPort)
    {
        Server = server;
        Folder = folder;
        ControlPort = controlPort;
        ReadOnlyPort = readOnlyPort;
    }

    public static TestKey Key { get; } = TestKey.Create("k256");

    public static TestKey Md5Key { get; } = TestKey.Create("kmd5", "hmac-md5");

    public ServerUnderTest Server { get; private set; }

    public TempFolder Folder { get; }

    public int ControlPort { get; }

    public int ReadOnlyPort { get; }

    /// <summary>The log lines so far, without the time before them.</summary>
    public string[] Log => [.. Server.Process.Lines.Where(line => line.Length > 25).Select(line => line[25..])];

    public static async Task<ControlledServer> StartAsync(ServerKind kind, Action<NamedConf>? more = null, Action<TempFolder>? prepare = null)
    {
        TempFolder folder = new();
        prepare?.Invoke(folder);
        foreach (string file in new[] { "static.db", "dyn.db", "new.db" })
            WriteZone(folder, file, ZoneText);
        folder.Write("broken.db", "junk\n");
        int port = FreePorts.Take();
        int readOnlyPort = FreePorts.Take();
        foreach (TestKey key in new[] { Key, Md5Key, Key with { Name = "wrong", Secret = Key.WithWrongSecret.Secret } })
        {
            folder.Write($"{key.Name}.conf", (key with { Name = key.Name == "wrong" ? "k256" : key.Name }).ToNamedConf()
                + $"options {{ default-key \"{(key.Name == "wrong" ? "k256" : key.Name)}\"; default-server 127.0.0.1; default-port {port}; }};\n");
        }

        NamedConf conf = new NamedConf()
            .Option("allow-new-zones yes;")
            .Key(Key).Key(Md5Key).Key(Updates)
            .Statement($$"""
                controls {
                    inet 127.0.0.1 port {{port}} allow { 127.0.0.1; } keys { k256; kmd5; };
                    inet 127.0.0.1 port {{readOnlyPort}} allow { 127.0.0.1; } keys { k256; } read-only yes;
                };
                """)
            .Primary("static.example", "static.db")
            .Primary("broken.example", "broken.db")
            .Primary("dyn.example", "dyn.db", "update-policy { grant upd zonesub ANY; };")
            .Statement("zone \"sec.example\" { type secondary; file \"sec.db\"; primaries { 127.0.0.1 port 9; }; };");
        more?.Invoke(conf);
        return new ControlledServer(await ServerUnderTest.StartAsync(folder, conf, kind), folder, port, readOnlyPort) { _conf = conf };
    }

    /// <summary>Ends the server and starts it again over the same files.</summary>
    public async Task RestartAsync()
    {
        int port = Server.Port;
        ServerKind kind = Server.Kind;
        await Server.DisposeAsync();
        Server = await ServerUnderTest.StartAsync(Folder, _conf!, kind, port);
    }

    /// <summary>The lines of <c>rndc status</c> as soon as this one is among them.</summary>
    public async Task<string[]> WaitForStatusAsync(string line)
    {
        while (true)
        {
            string[] lines = (await RndcAsync("status")).OrThrow().Lines;
            if (lines.Contains(line))
                return lines;
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Writes a zone file whose time of change is the same for all servers.</summary>
    public static void WriteZone(TempFolder folder, string file, string text, int laterMinutes = 0) =>
        File.SetLastWriteTimeUtc(folder.Write(file, text), FileTime.AddMinutes(laterMinutes));

    /// <summary>Changes the serial of static.example in its file.</summary>
    public void ChangeStaticZone(int serial) => WriteZone(
        Folder, "static.db", ZoneText.Replace("hostmaster 1 ", $"hostmaster {serial} ", StringComparison.Ordinal), serial);

    public Task<ToolResult> RndcAsync(params string[] arguments) => RndcAsync("k256", arguments);

    public Task<ToolResult> RndcAsync(string conf, string[] arguments) =>
        Tool.RunAsync("rndc", ["-c", Folder[$"{conf}.conf"], .. arguments]);

    /// <summary>Our client, against whatever server this is.</summary>
    public Task<ToolResult> OursAsync(params string[] arguments) => Tool.RunAsync(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "actordns.dll"), "control", "-c", Folder["k256.conf"], .. arguments]);

    /// <summary>One signed update by nsupdate.</summary>
    public Task<ToolResult> UpdateAsync(string line, string zone = "dyn.example") => Tool.RunAsync(
        "nsupdate", ["-y", Updates.ForDig, Folder.Write("update.txt", $"server 127.0.0.1 {Server.Port}\nzone {zone}\n{line}\nsend\n")]);

    /// <summary>The serial of dyn.example.</summary>
    public async Task<string> SerialAsync() =>
        (await Server.DigAsync("dyn.example", "SOA", "+short")).OrThrow().Output.Split(' ')[2];

    /// <summary>The text of a file as soon as it holds something; BIND writes it after its answer.</summary>
    public async Task<string> FileWithAsync(string file, string part)
    {
        while (true)
        {
            string text = await File.ReadAllTextAsync(Folder[file], TestContext.Current.CancellationToken);
            if (text.Contains(part, StringComparison.Ordinal))
                return text;
        }
    }

    /// <summary>True when a zone is answered from, false when its questions are refused.</summary>
    public async Task<bool> ServesAsync(string zone)
    {
        string output = (await Server.DigAsync(zone, "SOA")).OrThrow().Output;
        return output.Contains("status: NOERROR", StringComparison.Ordinal) == !output.Contains("status: REFUSED", StringComparison.Ordinal)
            ? output.Contains("status: NOERROR", StringComparison.Ordinal)
            : throw new InvalidOperationException(output);
    }

    public async Task WaitForSerialAsync(uint serial)
    {
        while (await SerialAsync() != serial.ToString(global::System.Globalization.CultureInfo.InvariantCulture))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The addresses of names in dyn.example.</summary>
    public async Task<string[]> AddressesAsync(params string[] names)
    {
        List<string> found = [];
        foreach (string name in names)
            found.AddRange((await Server.DigAsync($"{name}.dyn.example", "A", "+short")).OrThrow().Lines);
        return [.. found];
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}

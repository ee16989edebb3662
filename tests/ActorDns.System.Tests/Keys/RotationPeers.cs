using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary>A zone on ours with clients and secondaries that all use one key: BIND, Knot, nsupdate and dig.</summary>
internal sealed class RotationPeers : IAsyncDisposable
{
    private const string Zone = KeyedServer.Zone;

    private readonly TempFolder _bindFolder = new();
    private readonly TempFolder _knotFolder = new();
    private static readonly TestKey FirstKey = KeyedServer.FirstKey;
    private volatile string _clientKeyFile = "";
    private int _records;

    public KeyedServer Keyed { get; private set; } = null!;

    public ServerUnderTest Ours => Keyed.Server;

    public ChildProcess Bind { get; private set; } = null!;

    public ChildProcess Knot { get; private set; } = null!;

    public int BindPort { get; } = FreePorts.Take();

    public int KnotPort { get; } = FreePorts.Take();

    /// <summary>Lines of our log when all were ready: before, there is nobody to be notified.</summary>
    public int LinesAtStart { get; private set; }

    /// <summary>Updates and transfers so far.</summary>
    public int Requests => Volatile.Read(ref _records);

    public static async Task<RotationPeers> StartAsync()
    {
        RotationPeers peers = new();
        Directory.CreateDirectory(peers._knotFolder["db"]);
        string key = FirstKey.Name;
        peers.Keyed = await KeyedServer.StartAsync($$"""
            notify explicit; notify-delay 0;
            also-notify { 127.0.0.1 port {{peers.BindPort}} key {{key}}; 127.0.0.1 port {{peers.KnotPort}} key {{key}}; };
            """);
        peers._clientKeyFile = peers.Keyed.Folder.Write("client-1.key", FirstKey.ToNamedConf());
        peers.WriteBind(FirstKey.Name, FirstKey.ToNamedConf());
        peers.WriteKnot(FirstKey.Name, KnotKey(FirstKey));
        peers.Bind = ChildProcess.Start("named", ["-g", "-n", "1", "-c", peers._bindFolder["named.conf"]], peers._bindFolder.FullPath);
        peers.Knot = ChildProcess.Start("knotd", ["-c", peers._knotFolder["knot.conf"]], peers._knotFolder.FullPath);
        await peers.Bind.WaitForLineAsync("transferred serial 1");
        await peers.Knot.WaitForLineAsync("zone updated");
        peers.LinesAtStart = peers.Ours.Process.Lines.Length;
        return peers;
    }

    /// <summary>One update and one transfer, both signed by the client's key, both good.</summary>
    public async Task ExchangeAsync()
    {
        string key = _clientKeyFile;
        int number = Interlocked.Increment(ref _records);
        string script = $"server 127.0.0.1 {Ours.Port}\nzone {Zone}\nupdate add r{number}.{Zone}. 60 TXT \"{number}\"\nsend\n";
        ToolResult update = await Tool.RunAsync("nsupdate", ["-k", key], script);
        Assert.True(update.ExitCode == 0, update.ToString());
        ToolResult dig = await Ours.DigAsync("-k", key, Zone, "AXFR", "+noall", "+answer", "+onesoa");
        Assert.True(dig.ExitCode == 0 && dig.Output.Contains($"\nr{number}.{Zone}.", StringComparison.Ordinal), dig.ToString());
    }

    /// <summary>The client signs with another key from now on.</summary>
    public void UseAtClient(string keyFile) => _clientKeyFile = keyFile;

    /// <summary>Has BIND know both keys and ask with the new one.</summary>
    public void UseAtBind(string keyName, string clause)
    {
        WriteBind(keyName, FirstKey.ToNamedConf() + clause);
        Bind.Hangup();
    }

    /// <summary>Has Knot know both keys and ask with the new one.</summary>
    public void UseAtKnot(string keyName, string block)
    {
        WriteKnot(keyName, KnotKey(FirstKey) + block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Knot.Hangup();
    }

    /// <summary>The serial that ours serves.</summary>
    public async Task<uint> SerialAsync()
    {
        ToolResult dig = await Ours.DigAsync(Zone, "SOA", "+short", "+norecurse");
        return uint.Parse(dig.OrThrow().Output.Split(' ')[2], null);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess? process in (ChildProcess?[])[Bind, Knot])
        {
            if (process is not null)
                await process.DisposeAsync();
        }

        if (Keyed is not null)
            await Keyed.DisposeAsync();
        _bindFolder.Dispose();
        _knotFolder.Dispose();
    }

    private static string KnotKey(TestKey key) => $"  - id: {key.Name}.\n    algorithm: {key.Algorithm}\n    secret: {key.Secret}\n";

    private void WriteBind(string keyName, string keys) => _bindFolder.Write("named.conf", $$"""
        options {
            directory "{{_bindFolder.FullPath}}"; pid-file none; session-keyfile none; recursion no; notify no; dnssec-validation no;
            listen-on port {{BindPort}} { 127.0.0.1; }; listen-on-v6 { none; };
        };
        controls { };
        {{keys}}
        zone "{{Zone}}" {
            type secondary; file "example.db"; masterfile-format text; min-refresh-time 1; min-retry-time 1;
            primaries { 127.0.0.1 port {{Ours.Port}} key "{{keyName}}"; };
        };
        """);

    private void WriteKnot(string keyName, string keys) => _knotFolder.Write("knot.conf", $"""
        server:
            rundir: "{_knotFolder.FullPath}"
            listen: 127.0.0.1@{KnotPort}
            udp-workers: 1
            tcp-workers: 1
            background-workers: 1
        database:
            storage: "{_knotFolder.FullPath}/db"
        log:
          - target: stdout
            any: info
        key:
        {keys}
        remote:
          - id: primary
            address: 127.0.0.1@{Ours.Port}
            key: "{keyName}."
        acl:
          - id: notifies
            address: 127.0.0.1
            key: [{(keyName == FirstKey.Name ? $"\"{FirstKey.Name}.\"" : $"\"{FirstKey.Name}.\", \"{keyName}.\"")}]
            action: notify
        zone:
          - domain: {Zone}
            storage: "{_knotFolder.FullPath}"
            file: "example.zone"
            master: primary
            acl: notifies
            refresh-min-interval: 2
            retry-min-interval: 2
        """);
}

using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Keys;

/// <summary>Clients and secondaries of a zone on our servers that all use one key: BIND, Knot, nsupdate and dig.</summary>
/// <param name="zone">The zone.</param>
/// <param name="firstKey">The key that they use at first.</param>
internal sealed class RotationPeers(string zone, TestKey firstKey) : IAsyncDisposable
{
    private readonly TempFolder _bindFolder = new();
    private readonly TempFolder _knotFolder = new();
    private readonly TempFolder _clientFolder = new();
    private volatile string _clientKeyFile = "";
    private int[] _linesAtStart = [];
    private int _records;

    /// <summary>The servers; the secondaries ask the first of them as long as it answers.</summary>
    public IReadOnlyList<ServerUnderTest> Ours { get; private set; } = [];

    public ChildProcess Bind { get; private set; } = null!;

    public ChildProcess Knot { get; private set; } = null!;

    public int BindPort { get; } = FreePorts.Take();

    public int KnotPort { get; } = FreePorts.Take();

    /// <summary>Updates and transfers so far.</summary>
    public int Requests => Volatile.Read(ref _records);

    /// <summary>What the zone needs in its configuration.</summary>
    public string ZoneStatements => $$"""
        notify explicit; notify-delay 0;
        also-notify { 127.0.0.1 port {{BindPort}} key {{firstKey.Name}}; 127.0.0.1 port {{KnotPort}} key {{firstKey.Name}}; };
        """;

    /// <summary>Starts the secondaries and waits until both have the zone.</summary>
    public async Task StartAsync(params IReadOnlyList<ServerUnderTest> ours)
    {
        Ours = ours;
        Directory.CreateDirectory(_knotFolder["db"]);
        UseAtClient(firstKey.ToNamedConf());
        WriteBind(firstKey.Name, firstKey.ToNamedConf());
        WriteKnot(firstKey.Name, KnotKey(firstKey));
        Bind = ChildProcess.Start("named", ["-g", "-n", "1", "-c", _bindFolder["named.conf"]], _bindFolder.FullPath);
        Knot = ChildProcess.Start("knotd", ["-c", _knotFolder["knot.conf"]], _knotFolder.FullPath);
        await Bind.WaitForLineAsync("transferred serial ");
        await Knot.WaitForLineAsync("zone updated");
        _linesAtStart = [.. ours.Select(static server => server.Process.Lines.Length)]; // Before, there was nobody to be notified.
    }

    /// <summary>One update and one transfer, both signed by the client's key, both good; at each server in turn.</summary>
    public async Task ExchangeAsync()
    {
        string key = _clientKeyFile;
        int number = Interlocked.Increment(ref _records);
        ServerUnderTest server = Ours[number % Ours.Count];
        string script = $"server 127.0.0.1 {server.Port}\nzone {zone}\nupdate add r{number}.{zone}. 60 TXT \"{number}\"\nsend\n";
        ToolResult update = await Tool.RunAsync("nsupdate", ["-k", key], script);
        Assert.True(update.ExitCode == 0, update.ToString());
        ToolResult dig = await server.DigAsync("-k", key, zone, "AXFR", "+noall", "+answer", "+onesoa");
        Assert.True(dig.ExitCode == 0 && dig.Output.Contains($"\nr{number}.{zone}.", StringComparison.Ordinal), dig.ToString());
    }

    /// <summary>Goes on with them until told to stop. Any update or transfer that fails ends it.</summary>
    public async Task ExchangeUntilAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
            await ExchangeAsync();
    }

    /// <summary>At least ten more, beside those of <paramref name="load"/>.</summary>
    public async Task ExchangeTenAsync(Task load)
    {
        int before = Requests;
        while (Requests < before + 10 && !load.IsCompleted)
            await Task.WhenAny(load, ExchangeAsync());
    }

    /// <summary>The client signs with another key from now on.</summary>
    public void UseAtClient(string clause) => _clientKeyFile = _clientFolder.Write($"client-{Requests}.key", clause);

    /// <summary>Waits until a server has written a line.</summary>
    public async Task WaitForLineAsync(string text, TimeSpan? longest = null) =>
        await await Task.WhenAny(Ours.Select(server => server.Process.WaitForLineAsync(text, longest ?? TimeSpan.FromSeconds(60))));

    /// <summary>Both secondaries get one more change.</summary>
    public async Task AssertFollowsAsync()
    {
        await ExchangeAsync();
        uint serial = await SerialAsync();
        await Bind.WaitForLineAsync($"transferred serial {serial}", TimeSpan.FromSeconds(60));
        await Knot.WaitForLineAsync($" -> {serial}", TimeSpan.FromSeconds(60));
    }

    /// <summary>Nobody has written of a request, transfer or notify that failed.</summary>
    public void AssertNoFailure()
    {
        AssertNone(Bind.Lines, "failed", "BADKEY", "refused");
        AssertNone(Knot.Lines, " error: ", " warning: ");
        for (int i = 0; i < Ours.Count; i++)
        {
            string[] lines = [.. Ours[i].Process.Lines.Skip(_linesAtStart[i])];
            AssertNone(lines, "denied", "invalid signature", "notify response");
            AssertNone(lines.Where(static line => line.Contains("notify to", StringComparison.Ordinal)), "failed");
        }
    }

    /// <summary>Has BIND know both keys and ask with the new one.</summary>
    public void UseAtBind(string keyName, string clause)
    {
        WriteBind(keyName, firstKey.ToNamedConf() + clause);
        Bind.Hangup();
    }

    /// <summary>Has Knot know both keys and ask with the new one.</summary>
    public void UseAtKnot(string keyName, string block)
    {
        WriteKnot(keyName, KnotKey(firstKey) + block[(block.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        Knot.Hangup();
    }

    /// <summary>The serial that ours serves.</summary>
    public async Task<uint> SerialAsync()
    {
        ToolResult dig = await Ours[0].DigAsync(zone, "SOA", "+short", "+norecurse");
        return uint.Parse(dig.OrThrow().Output.Split(' ')[2], null);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess? process in (ChildProcess?[])[Bind, Knot])
        {
            if (process is not null)
                await process.DisposeAsync();
        }

        _bindFolder.Dispose();
        _knotFolder.Dispose();
        _clientFolder.Dispose();
    }

    private static void AssertNone(IEnumerable<string> lines, params string[] words)
    {
        string[] found = [.. lines.Where(line => words.Any(word => line.Contains(word, StringComparison.Ordinal)))];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    private static string KnotKey(TestKey key) => $"  - id: {key.Name}.\n    algorithm: {key.Algorithm}\n    secret: {key.Secret}\n";

    private void WriteBind(string keyName, string keys) => _bindFolder.Write("named.conf", $$"""
        options {
            directory "{{_bindFolder.FullPath}}"; pid-file none; session-keyfile none; recursion no; notify no; dnssec-validation no;
            listen-on port {{BindPort}} { 127.0.0.1; }; listen-on-v6 { none; };
        };
        controls { };
        {{keys}}
        zone "{{zone}}" {
            type secondary; file "example.db"; masterfile-format text; min-refresh-time 1; min-retry-time 1;
            primaries { {{string.Join(' ', Ours.Select(server => $"127.0.0.1 port {server.Port} key \"{keyName}\";"))}} };
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
        {string.Join('\n', Ours.Select((server, at) => $"  - id: primary{at}\n    address: 127.0.0.1@{server.Port}\n    key: \"{keyName}.\""))}
        acl:
          - id: notifies
            address: 127.0.0.1
            key: [{(keyName == firstKey.Name ? $"\"{firstKey.Name}.\"" : $"\"{firstKey.Name}.\", \"{keyName}.\"")}]
            action: notify
        zone:
          - domain: {zone}
            storage: "{_knotFolder.FullPath}"
            file: "example.zone"
            master: [{string.Join(", ", Ours.Select(static (_, at) => $"primary{at}"))}]
            acl: notifies
            refresh-min-interval: 2
            retry-min-interval: 2
        """);
}

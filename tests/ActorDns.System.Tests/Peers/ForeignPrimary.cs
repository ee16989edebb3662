using System.Globalization;
using System.Text;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>Another vendor's server with one zone that it gives out to whoever has the key, and that the key may update where it can.</summary>
internal sealed class ForeignPrimary : IAsyncDisposable
{
    public const string Zone = "example.com";
    public const int Hosts = 3_000;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();

    private ForeignPrimary(TestKey key) => Key = key;

    public int Port { get; } = FreePorts.Take();

    public TestKey Key { get; }

    public ChildProcess Process { get; private set; } = null!;

    /// <summary>True for those that take updates and answer IXFR with differences.</summary>
    public static bool GivesDifferences(ForeignPrimaryKind kind) => kind is ForeignPrimaryKind.Knot or ForeignPrimaryKind.Yadifa;

    /// <summary>A serial shortly before the wrap-around; YADIFA reads only half the range from a file.</summary>
    public static uint FirstSerial(ForeignPrimaryKind kind) => kind == ForeignPrimaryKind.Yadifa ? int.MaxValue - 2u : uint.MaxValue - 2u;

    public static async Task<ForeignPrimary> StartAsync(ForeignPrimaryKind kind, TestKey key, int notifyPort)
    {
        ForeignPrimary primary = new(key);
        string file = primary._folder.Write("example.com.zone", ZoneOf(FirstSerial(kind)));
        primary.Process = kind switch
        {
            ForeignPrimaryKind.Knot => primary.StartKnot(notifyPort),
            ForeignPrimaryKind.Nsd => primary.StartNsd(notifyPort),
            ForeignPrimaryKind.PowerDns => await primary.StartPowerDnsAsync(file),
            _ => primary.StartYadifa(notifyPort),
        };
        string ready = kind switch
        {
            ForeignPrimaryKind.Knot => "server started",
            ForeignPrimaryKind.Nsd => "nsd started",
            ForeignPrimaryKind.PowerDns => "ready to distribute questions",
            _ => "server-mm: running",
        };
        await primary.Process.WaitForLineAsync(ready, StartDeadline);
        return primary;
    }

    /// <summary>Adds a host and removes one by a signed update.</summary>
    public async Task UpdateAsync(int number)
    {
        string script = $"server 127.0.0.1 {Port}\nzone {Zone}\nadd new{number}.{Zone}. 60 A 192.0.2.1\ndelete h{number}.{Zone}. A 10.0.0.{number}\nsend\n";
        ToolResult update = await Tool.RunAsync("nsupdate", ["-y", Key.ForDig], script);
        Assert.True(update.ExitCode == 0, $"{update.Output}{update.Errors}\n{string.Join('\n', Process.Lines.TakeLast(10))}");
    }

    /// <summary>The zone as this server gives it out.</summary>
    public async Task<string[]> HoldsAsync()
    {
        ToolResult dig = await Tool.RunAsync(
            "dig", "@127.0.0.1", "-p", $"{Port}", "-y", Key.ForDig, Zone, "AXFR", "+noall", "+answer", "+onesoa");
        Assert.DoesNotContain("failed", dig.Output, StringComparison.OrdinalIgnoreCase);
        return await ZoneText.CanonicalOfAsync(Zone, dig.Output, _folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        _folder.Dispose();
    }

    private static string ZoneOf(uint serial)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"$ORIGIN {Zone}.\n$TTL 300\n@ SOA ns1 hostmaster {serial} 3600 900 604800 300\n@ NS ns1\n");
        text.Append("ns1 A 192.0.2.1\n@ MX 10 mail\nmail AAAA 2001:db8::25\n*.wild TXT \"a wildcard\"\nalias CNAME ns1\n");
        for (int i = 0; i < Hosts; i++)
            text.Append(CultureInfo.InvariantCulture, $"h{i} A 10.0.{i / 256}.{i % 256}\n");
        return text.ToString();
    }

    private ChildProcess StartKnot(int notifyPort)
    {
        string folder = _folder.FullPath;
        Directory.CreateDirectory(Path.Combine(folder, "db")); // Without it updates cannot be journaled.
        string conf = _folder.Write("knot.conf", $"""
            server:
                rundir: "{folder}"
                listen: 127.0.0.1@{Port}
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            database:
                storage: "{folder}/db"
            log:
              - target: stdout
                any: info
            key:
              - id: "{Key.Name}"
                algorithm: {Key.Algorithm}
                secret: "{Key.Secret}"
            remote:
              - id: secondary
                address: 127.0.0.1@{notifyPort}
            acl:
              - id: keyed
                key: "{Key.Name}"
                action: [transfer, update]
            zone:
              - domain: {Zone}
                storage: "{folder}"
                file: "{Zone}.zone"
                acl: keyed
                notify: secondary
            """);
        return ChildProcess.Start("knotd", ["-c", conf], folder);
    }

    private ChildProcess StartNsd(int notifyPort)
    {
        string folder = _folder.FullPath;
        string conf = _folder.Write("nsd.conf", $"""
            server:
                ip-address: 127.0.0.1@{Port}
                username: ""
                chroot: ""
                zonesdir: "{folder}"
                database: ""
                pidfile: "{folder}/nsd.pid"
                xfrdfile: "{folder}/xfrd.state"
                xfrdir: "{folder}"
                zonelistfile: "{folder}/zone.list"
                server-count: 1
                verbosity: 2
            remote-control:
                control-enable: no
            key:
                name: "{Key.Name}"
                algorithm: {Key.Algorithm}
                secret: "{Key.Secret}"
            zone:
                name: "{Zone}"
                zonefile: "{Zone}.zone"
                provide-xfr: 127.0.0.1 "{Key.Name}"
                notify: 127.0.0.1@{notifyPort} NOKEY
            """);
        return ChildProcess.Start("nsd", ["-d", "-c", conf], folder);
    }

    private ChildProcess StartYadifa(int notifyPort)
    {
        string folder = _folder.FullPath;
        foreach (string inner in (string[])["keys", "xfr", "log"])
            Directory.CreateDirectory(Path.Combine(folder, inner));
        string conf = _folder.Write("yadifad.conf", $"""
            <main>
                daemon off
                chroot off
                logpath "{folder}/log"
                pidfile "{folder}/yadifad.pid"
                datapath "{folder}"
                keyspath "{folder}/keys"
                xfrpath "{folder}/xfr"
                user {Environment.UserName}
                port {Port}
                listen 127.0.0.1
                allow-query any
                allow-update none
                allow-transfer none
                allow-notify none
                allow-control none
                axfr-max-record-by-packet 5
                thread-count-by-address 1
            </main>
            <channels>
                stdout STDOUT
            </channels>
            <loggers>
                server INFO,NOTICE,WARNING,ERR stdout
            </loggers>
            <key>
                name {Key.Name}
                algorithm {Key.Algorithm}
                secret {Key.Secret}
            </key>
            <acl>
                keyed key {Key.Name}
            </acl>
            <zone>
                type primary
                domain {Zone}
                file {Zone}.zone
                allow-transfer keyed
                allow-update keyed
                also-notify 127.0.0.1 port {notifyPort}
            </zone>

            """);
        return ChildProcess.Start("yadifad", ["-c", conf], folder);
    }

    private async Task<ChildProcess> StartPowerDnsAsync(string file)
    {
        string folder = _folder.FullPath;
        _folder.Write("pdns.conf", $"""
            launch=gsqlite3
            gsqlite3-database={folder}/pdns.sqlite3
            gsqlite3-pragma-synchronous=0
            local-address=127.0.0.1
            local-port={Port}
            socket-dir={folder}
            daemon=no
            guardian=no
            disable-axfr=no
            allow-axfr-ips=
            security-poll-suffix=
            loglevel=6
            """);
        string config = $"--config-dir={folder}";
        (await Tool.RunAsync("sqlite3", $"{folder}/pdns.sqlite3", $".read {PowerDnsSecondary.FindSchema()}")).OrThrow();
        (await Tool.RunAsync("pdnsutil", config, "load-zone", Zone, file)).OrThrow();
        (await Tool.RunAsync("pdnsutil", config, "import-tsig-key", Key.Name, Key.Algorithm, Key.Secret)).OrThrow();
        (await Tool.RunAsync("pdnsutil", config, "activate-tsig-key", Zone, Key.Name, "master")).OrThrow();
        return ChildProcess.Start("pdns_server", [config], folder);
    }
}

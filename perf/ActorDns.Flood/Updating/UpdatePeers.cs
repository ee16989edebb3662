using System.Diagnostics;
using System.Globalization;
using ActorDns.Flood.Comparison;

namespace ActorDns.Flood.Updating;

/// <summary>
/// Writes configurations: every server gets the same zone and key, journals to the same file system with its own durable default, and logs
/// nothing about single updates.
/// </summary>
internal static class UpdatePeers
{
    /// <summary>The zone that is changed.</summary>
    public const string Zone = "update.example";

    private const int Hosts = 1_000;
    private const string PowerDnsSchema = "/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql";

    /// <summary>Prepares all servers in <paramref name="directory"/>, each for so many cores.</summary>
    public static Peer[] Prepare(string directory, string serverPath, int cores)
    {
        string count = cores.ToString(CultureInfo.InvariantCulture);
        foreach (string server in (string[])["actordns", "bind", "knot", "pdns"])
        {
            string folder = Directory.CreateDirectory(Path.Combine(directory, server)).FullName;
            File.WriteAllText(Path.Combine(folder, "zone.db"), ZoneText());
        }

        Directory.CreateDirectory(Path.Combine(directory, "knot", "db"));
        string actordns = Path.Combine(directory, "actordns");
        string bind = Path.Combine(directory, "bind");
        string knot = Path.Combine(directory, "knot");
        string pdns = Path.Combine(directory, "pdns");
        File.WriteAllText(Path.Combine(actordns, "named.conf"), NamedConf(actordns, 5511));
        File.WriteAllText(Path.Combine(bind, "named.conf"), NamedConf(bind, 5512));
        File.WriteAllText(Path.Combine(knot, "knot.conf"), KnotConf(knot, 5513, cores));
        PreparePowerDns(pdns, 5514, cores);
        return
        [
            new("ActorDns", 5511, ["dotnet", serverPath, "named", "-f", "-n", count, "-c", Path.Combine(actordns, "named.conf")]) { Cores = cores },
            new("BIND", 5512, ["/usr/sbin/named", "-f", "-n", count, "-c", Path.Combine(bind, "named.conf")]) { Cores = cores },
            new("Knot", 5513, ["/usr/sbin/knotd", "-c", Path.Combine(knot, "knot.conf")]) { Cores = cores },
            new("PowerDNS", 5514, ["/usr/sbin/pdns_server", $"--config-dir={pdns}"]) { Cores = cores },
        ];
    }

    /// <summary>Content of the zone before the first update.</summary>
    public static string ZoneText() =>
        "$TTL 3600\n@ SOA ns1 hostmaster 1 7200 900 1209600 300\n@ NS ns1\nns1 A 127.0.0.1\n"
        + string.Concat(Enumerable.Range(0, Hosts).Select(static i => $"h{i} A 192.0.2.{i & 255}\n"));

    private static string NamedConf(string folder, int port) =>
        $$"""
        options {
            directory "{{folder}}";
            pid-file none;
            session-keyfile none;
            listen-on port {{port}} { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            notify no;
        };
        controls { };
        logging { category update { null; }; category update-security { null; }; };
        key "{{UpdateFlood.KeyName}}" { algorithm hmac-sha256; secret "{{UpdateFlood.Secret}}"; };
        zone "{{Zone}}" { type primary; file "zone.db"; allow-update { key "{{UpdateFlood.KeyName}}"; }; };

        """;

    private static string KnotConf(string folder, int port, int cores) =>
        $"""
        server:
            rundir: "{folder}"
            listen: 127.0.0.1@{port}
            udp-workers: {cores}
            tcp-workers: {cores}
            background-workers: {cores}
        database:
            storage: "{folder}/db"
        log:
          - target: stdout
            any: error
        key:
          - id: {UpdateFlood.KeyName}
            algorithm: hmac-sha256
            secret: {UpdateFlood.Secret}
        acl:
          - id: updates
            key: {UpdateFlood.KeyName}
            action: update
        zone:
          - domain: {Zone}
            storage: "{folder}"
            file: zone.db
            zonefile-sync: -1
            journal-content: changes
            acl: updates

        """;

    private static void PreparePowerDns(string folder, int port, int cores)
    {
        string database = Path.Combine(folder, "pdns.sqlite3");
        File.WriteAllText(Path.Combine(folder, "pdns.conf"), $"""
            launch=gsqlite3
            gsqlite3-database={database}
            gsqlite3-pragma-synchronous=2
            local-address=127.0.0.1
            local-port={port}
            socket-dir={folder}
            daemon=no
            guardian=no
            dnsupdate=yes
            allow-dnsupdate-from=127.0.0.0/8
            receiver-threads={cores}
            security-poll-suffix=
            loglevel=3

            """);
        Run("sqlite3", database, $".read {PowerDnsSchema}");
        string config = $"--config-dir={folder}";
        Run("pdnsutil", config, "load-zone", Zone, Path.Combine(folder, "zone.db"));
        Run("pdnsutil", config, "import-tsig-key", UpdateFlood.KeyName, "hmac-sha256", UpdateFlood.Secret);
        Run("pdnsutil", config, "set-meta", Zone, "TSIG-ALLOW-DNSUPDATE", UpdateFlood.KeyName);
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}

namespace ActorDns.Flood.Servers;

/// <summary>
/// PowerDNS: its zone file backend with zones that only answer, its SQLite backend with full sync where it takes updates or transfers.
/// </summary>
internal sealed class PowerDnsKind : ServerKind
{
    private const string Schema = "/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql";

    public override string Name => "PowerDNS";

    public override string Program => "/usr/sbin/pdns_server";

    public override string Package => "pdns-server";

    public override string[] Prepare(Scene scene, string folder, int port, int cores)
    {
        bool isDatabase = scene.TakesUpdates || scene.PrimaryPort is not null;
        File.WriteAllText(Path.Combine(folder, "pdns.conf"), $"""
            local-address=127.0.0.1
            local-port={port}
            socket-dir={folder}
            daemon=no
            guardian=no
            receiver-threads={cores}
            max-tcp-connections=1000
            disable-axfr=no
            allow-axfr-ips=127.0.0.0/8
            security-poll-suffix=
            loglevel=3

            """ + (isDatabase ? DatabaseConf(scene, folder) : FileConf(folder)));
        if (isDatabase)
            FillDatabase(scene, folder);
        else
            WriteZoneList(scene, folder);
        return [Program, $"--config-dir={folder}"];
    }

    private static string FileConf(string folder) =>
        $"launch=bind\nbind-config={folder}/zones.conf\nbind-check-interval=0\nbind-dnssec-db={folder}/keys.sqlite3\n";

    private static string DatabaseConf(Scene scene, string folder) =>
        $"launch=gsqlite3\ngsqlite3-database={folder}/pdns.sqlite3\ngsqlite3-pragma-synchronous=2\n"
        + (scene.TakesUpdates ? "dnsupdate=yes\nallow-dnsupdate-from=127.0.0.0/8\n" : "")
        + (scene.PrimaryPort is null ? "" : "secondary=yes\nxfr-cycle-interval=1\n");

    private static void WriteZoneList(Scene scene, string folder)
    {
        File.WriteAllText(
            Path.Combine(folder, "zones.conf"),
            $"options {{ directory \"{folder}\"; }};\n" + ForEach(scene, zone => $"zone \"{zone.Name}\" {{ type master; file \"{zone.Path}\"; }};\n"));
        string config = $"--config-dir={folder}";
        Output("pdnsutil", config, "create-bind-db", Path.Combine(folder, "keys.sqlite3"));
        Output("pdnsutil", config, "import-tsig-key", BenchmarkKey.Name, "hmac-sha256", BenchmarkKey.Secret);
        if (scene.Zones.Length > 2)
            return; // Nobody transfers so many.
        foreach (SceneZone zone in scene.Zones)
            Output("pdnsutil", config, "set-meta", zone.Name, "TSIG-ALLOW-AXFR", BenchmarkKey.Name);
    }

    private static void FillDatabase(Scene scene, string folder)
    {
        string config = $"--config-dir={folder}";
        Output("sqlite3", Path.Combine(folder, "pdns.sqlite3"), $".read {Schema}");
        Output("pdnsutil", config, "import-tsig-key", BenchmarkKey.Name, "hmac-sha256", BenchmarkKey.Secret);
        foreach (SceneZone zone in scene.Zones)
        {
            if (scene.PrimaryPort is { } port)
            {
                Output("pdnsutil", config, "create-slave-zone", zone.Name, $"127.0.0.1:{port}");
                Output("pdnsutil", config, "activate-tsig-key", zone.Name, BenchmarkKey.Name, "slave");
                continue;
            }

            Output("pdnsutil", config, "load-zone", zone.Name, zone.Path);
            Output("pdnsutil", config, "set-meta", zone.Name, "TSIG-ALLOW-DNSUPDATE", BenchmarkKey.Name);
            Output("pdnsutil", config, "set-meta", zone.Name, "TSIG-ALLOW-AXFR", BenchmarkKey.Name);
        }
    }
}

using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>PowerDNS with its SQLite backend as a secondary.</summary>
internal sealed class PowerDnsSecondary : Secondary
{
    private static readonly string[] Schemas =
    [
        "/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql",
        "/usr/share/doc/pdns-backend-sqlite3/schema.sqlite3.sql",
    ];

    private PowerDnsSecondary()
    {
    }

    /// <summary>The schema that comes with the backend.</summary>
    public static string FindSchema() => Schemas.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("PowerDNS' SQLite schema is missing: install the Debian package pdns-backend-sqlite3");

    public static async Task<ISecondary> CreateAsync(int primaryPort, TestKey key, string[] zones)
    {
        PowerDnsSecondary prepared = new();
        string folder = prepared.Folder.FullPath;
        string schema = FindSchema();
        prepared.Folder.Write("pdns.conf", $"""
            launch=gsqlite3
            gsqlite3-database={folder}/pdns.sqlite3
            gsqlite3-pragma-synchronous=0
            local-address=127.0.0.1
            local-port={prepared.Port}
            socket-dir={folder}
            daemon=no
            guardian=no
            secondary=yes
            xfr-cycle-interval=1
            disable-axfr=no
            allow-axfr-ips=127.0.0.1
            security-poll-suffix=
            loglevel=6
            """);
        (await Tool.RunAsync("sqlite3", $"{folder}/pdns.sqlite3", $".read {schema}")).OrThrow();
        string config = $"--config-dir={folder}";
        (await Tool.RunAsync("pdnsutil", config, "import-tsig-key", key.Name, key.Algorithm, key.Secret)).OrThrow();
        foreach (string zone in zones)
        {
            (await Tool.RunAsync("pdnsutil", config, "create-slave-zone", zone, $"127.0.0.1:{primaryPort}")).OrThrow();
            (await Tool.RunAsync("pdnsutil", config, "activate-tsig-key", zone, key.Name, "slave")).OrThrow();
            (await Tool.RunAsync("pdnsutil", config, "set-meta", zone, "IXFR", "1")).OrThrow();
        }

        prepared.Process = ChildProcess.Start("pdns_server", [config], folder);
        return prepared;
    }

    protected override string SaysSerial(string zone) => "zone committed with serial ";

    protected override bool SaysThatItCame(string line, string zone) =>
        line.Contains($"XFR-in zone: '{zone}'", StringComparison.Ordinal) // AXFR or IXFR.
        && line.Contains("zone committed with serial", StringComparison.Ordinal);
}

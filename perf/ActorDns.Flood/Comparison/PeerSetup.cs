namespace ActorDns.Flood.Comparison;

/// <summary>Writes zones and configurations: every server gets the same zones, one UDP worker, minimal answers and no rate limit.</summary>
internal static class PeerSetup
{
    /// <summary>Prepares all servers in <paramref name="directory"/>.</summary>
    public static Peer[] Prepare(string directory, string serverPath, int names)
    {
        Directory.CreateDirectory(directory);
        BenchmarkZone.WriteMixed(Path.Combine(directory, "mixed.zone"), names);
        BenchmarkZone.WriteSigned(Path.Combine(directory, "signed.zone"), names);
        Peer[] peers =
        [
            new("ActorDns", 5501, ["dotnet", serverPath, "named", "-g", "-c", Path.Combine(directory, "actordns.conf"), "-n", "1"]),
            new("NSD", 5502, ["/usr/sbin/nsd", "-d", "-c", Path.Combine(directory, "nsd.conf")]),
            new("Knot", 5503, ["/usr/sbin/knotd", "-c", Path.Combine(directory, "knot.conf")]),
            new("BIND", 5504, ["/usr/sbin/named", "-g", "-n", "1", "-c", Path.Combine(directory, "bind.conf")]),
        ];
        File.WriteAllText(Path.Combine(directory, "actordns.conf"), NamedConf(directory, 5501));
        File.WriteAllText(Path.Combine(directory, "bind.conf"), NamedConf(directory, 5504));
        File.WriteAllText(Path.Combine(directory, "nsd.conf"), NsdConf(directory));
        File.WriteAllText(Path.Combine(directory, "knot.conf"), KnotConf(directory));
        return peers;
    }

    private static string NamedConf(string directory, int port) =>
        $$"""
        options {
            directory "{{directory}}";
            pid-file none;
            listen-on port {{port}} { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            minimal-responses yes;
            notify no;
        };
        controls { };
        zone "mixed.example" { type primary; file "mixed.zone"; };
        zone "signed.example" { type primary; file "signed.zone"; };

        """;

    private static string NsdConf(string directory) =>
        $"""
        server:
            ip-address: 127.0.0.1@5502
            server-count: 1
            username: ""
            database: ""
            zonesdir: "{directory}"
            zonelistfile: "{directory}/nsd.list"
            xfrdfile: "{directory}/nsd.xfrd"
            xfrdir: "{directory}"
            pidfile: "{directory}/nsd.pid"
            minimal-responses: yes
            rrl-ratelimit: 0
        remote-control:
            control-enable: no
        zone:
            name: mixed.example
            zonefile: mixed.zone
        zone:
            name: signed.example
            zonefile: signed.zone

        """;

    private static string KnotConf(string directory) =>
        $"""
        server:
            rundir: "{directory}"
            listen: 127.0.0.1@5503
            udp-workers: 1
            tcp-workers: 1
            background-workers: 1
        database:
            storage: "{directory}/knot"
        zone:
          - domain: mixed.example
            file: "{directory}/mixed.zone"
            zonefile-sync: -1
            semantic-checks: off
          - domain: signed.example
            file: "{directory}/signed.zone"
            zonefile-sync: -1
            semantic-checks: off

        """;
}

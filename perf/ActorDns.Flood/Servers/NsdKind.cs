namespace ActorDns.Flood.Servers;

/// <summary>NSD. It takes no updates.</summary>
internal sealed class NsdKind : ServerKind
{
    public override string Name => "NSD";

    public override string Program => "/usr/sbin/nsd";

    public override string Package => "nsd";

    public override bool TakesUpdates => false;

    public override string[] Prepare(Scene scene, string folder, int port, int cores)
    {
        string path = Path.Combine(folder, "nsd.conf");
        File.WriteAllText(path, Conf(scene, folder, port, cores));
        return [Program, "-d", "-c", path];
    }

    private static string Conf(Scene scene, string folder, int port, int cores) =>
        $"""
        server:
            ip-address: 127.0.0.1@{port}
            server-count: {cores}
            username: ""
            chroot: ""
            database: ""
            zonesdir: "{folder}"
            zonelistfile: "{folder}/zone.list"
            xfrdfile: "{folder}/xfrd.state"
            xfrdir: "{folder}"
            pidfile: "{folder}/nsd.pid"
            tcp-count: 1000
            minimal-responses: yes
            rrl-ratelimit: 0
        remote-control:
            control-enable: no
        key:
            name: "{BenchmarkKey.Name}"
            algorithm: hmac-sha256
            secret: "{BenchmarkKey.Secret}"

        """ + ForEach(scene, zone =>
        $"""
        zone:
            name: {zone.Name}
            zonefile: "{(scene.PrimaryPort is null ? zone.Path : zone.Name + ".copy")}"

        """ + Transfers(scene));

    private static string Transfers(Scene scene) => scene.PrimaryPort is { } port
        ? $"    request-xfr: AXFR 127.0.0.1@{port} {BenchmarkKey.Name}\n    allow-notify: 127.0.0.1 NOKEY\n"
        : $"    provide-xfr: 127.0.0.1 {BenchmarkKey.Name}\n    provide-xfr: 127.0.0.1 NOKEY\n";
}

namespace ActorDns.Flood.Servers;

/// <summary>YADIFA, its journal in files.</summary>
internal sealed class YadifaKind : ServerKind
{
    public override string Name => "YADIFA";

    public override string Program => "/usr/sbin/yadifad";

    public override string Package => "yadifa";

    public override string[] Prepare(Scene scene, string folder, int port, int cores)
    {
        foreach (string inner in (string[])["keys", "xfr", "log"])
            Directory.CreateDirectory(Path.Combine(folder, inner));
        string path = Path.Combine(folder, "yadifad.conf");
        File.WriteAllText(path, Conf(scene, folder, port, cores));
        return [Program, "-c", path];
    }

    private static string Conf(Scene scene, string folder, int port, int cores) =>
        $"""
        <main>
            daemon off
            chroot off
            logpath "{folder}/log"
            pidfile "{folder}/yadifad.pid"
            datapath "{folder}"
            keyspath "{folder}/keys"
            xfrpath "{folder}/xfr"
            user {Environment.UserName}
            port {port}
            listen 127.0.0.1
            allow-query any
            allow-update none
            allow-transfer none
            allow-notify none
            allow-control none
            max-tcp-queries 512
            thread-count-by-address {cores}
        </main>
        <channels>
            stdout STDOUT
        </channels>
        <loggers>
            server ERR stdout
        </loggers>
        <key>
            name {BenchmarkKey.Name}
            algorithm hmac-sha256
            secret {BenchmarkKey.Secret}
        </key>
        <acl>
            keyed key {BenchmarkKey.Name}
        </acl>

        """ + ForEach(scene, zone =>
        $"""
        <zone>
            domain {zone.Name}
            allow-transfer any
            {(scene.TakesUpdates ? "allow-update keyed" : "allow-update none")}
            {(scene.PrimaryPort is { } primary
                ? $"type secondary\n    file {zone.Name}.copy\n    primary 127.0.0.1 port {primary} key {BenchmarkKey.Name}"
                : $"type primary\n    file {Path.GetRelativePath(folder, zone.Path)}")}
        </zone>

        """);
}

namespace ActorDns.Flood.Servers;

/// <summary>Knot DNS, its journal in LMDB in the mode that it calls robust.</summary>
internal sealed class KnotKind : ServerKind
{
    public override string Name => "Knot";

    public override string Program => "/usr/sbin/knotd";

    public override bool NotifiesAtOnce => true;

    public override string Package => "knot";

    public override string[] Prepare(Scene scene, string folder, int port, int cores)
    {
        Directory.CreateDirectory(Path.Combine(folder, "db")); // Without it updates cannot be journaled.
        string path = Path.Combine(folder, "knot.conf");
        File.WriteAllText(path, Conf(scene, folder, port, cores));
        return [Program, "-c", path];
    }

    private static string Conf(Scene scene, string folder, int port, int cores) =>
        $"""
        server:
            rundir: "{folder}"
            listen: 127.0.0.1@{port}
            udp-workers: {cores}
            tcp-workers: {cores}
            background-workers: {cores}
            tcp-max-clients: 1000
        database:
            storage: "{folder}/db"
        log:
          - target: stdout
            any: error
        key:
          - id: {BenchmarkKey.Name}
            algorithm: hmac-sha256
            secret: {BenchmarkKey.Secret}
        acl:
          - id: keyed
            key: {BenchmarkKey.Name}
            action: [transfer, update]
          - id: near
            address: 127.0.0.0/8
            action: [transfer, notify]

        """ + Remote(scene) + "zone:\n" + ForEach(scene, zone =>
        $"""
          - domain: {zone.Name}
            storage: "{folder}"
            file: "{(scene.PrimaryPort is null ? zone.Path : zone.Name + ".copy")}"
            zonefile-sync: -1
            semantic-checks: off
            acl: [keyed, near]

        """ + Journal(scene));

    private static string Journal(Scene scene) => scene switch
    {
        { PrimaryPort: not null, Secondary: not SecondaryChoice.None } => "    master: primary\n    journal-content: changes\n",
        { PrimaryPort: not null } => "    master: primary\n    journal-content: none\n",
        { SecondaryPort: not null } => "    journal-content: changes\n    notify: secondary\n",
        { TakesUpdates: true } => "    journal-content: changes\n",
        _ => "    journal-content: none\n",
    };

    private static string Remote(Scene scene) => scene switch
    {
        { PrimaryPort: { } port } => $"remote:\n  - id: primary\n    address: 127.0.0.1@{port}\n    key: {BenchmarkKey.Name}\n",
        { SecondaryPort: { } port } => $"remote:\n  - id: secondary\n    address: 127.0.0.1@{port}\n",
        _ => "",
    };
}

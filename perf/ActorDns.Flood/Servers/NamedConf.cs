namespace ActorDns.Flood.Servers;

/// <summary>The configuration that ActorDns and BIND both read.</summary>
internal static class NamedConf
{
    /// <summary>Writes <c>named.conf</c> and gives its path.</summary>
    public static string Write(Scene scene, string folder, int port)
    {
        string path = Path.Combine(folder, "named.conf");
        File.WriteAllText(path, Text(scene, folder, port));
        return path;
    }

    private static string Text(Scene scene, string folder, int port) =>
        $$"""
        options {
            directory "{{folder}}";
            pid-file none;
            session-keyfile none;
            listen-on port {{port}} { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            minimal-responses yes;
            notify no;
            allow-transfer { 127.0.0.0/8; };
            transfers-out 100;
            tcp-clients 1000;{{Tuning(scene)}}
        };
        controls { };
        logging { category update { null; }; category update-security { null; }; category xfer-out { null; }; };
        key "{{BenchmarkKey.Name}}" { algorithm hmac-sha256; secret "{{BenchmarkKey.Secret}}"; };

        """ + string.Concat(scene.Zones.Select(zone => Zone(scene, zone)));

    private static string Zone(Scene scene, SceneZone zone)
    {
        string content = scene.PrimaryPort is { } port
            ? $"type secondary; primaries {{ 127.0.0.1 port {port} key \"{BenchmarkKey.Name}\"; }}; file \"{zone.Name}.copy\";"
            : $"type primary; file \"{zone.Path}\";";
        string updates = scene.TakesUpdates ? $" allow-update {{ key \"{BenchmarkKey.Name}\"; }};" : "";
        string notify = scene.SecondaryPort is { } secondary ? $" notify explicit; also-notify {{ 127.0.0.1 port {secondary}; }};" : "";
        return $"zone \"{zone.Name}\" {{ {content}{updates}{notify} }};\n";
    }

    // Without these BIND gathers changes for 5 s, and asks a primary no more than 20 times a second.
    private static string Tuning(Scene scene) => scene is { SecondaryPort: null, Secondary: SecondaryChoice.None }
        ? ""
        : "\n    notify-delay 0;\n    notify-rate 10000;\n    serial-query-rate 10000;";
}

using System.Net;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>Unbound, which believes nothing that it cannot verify from its trust anchors.</summary>
internal sealed class ValidatingResolver : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private ChildProcess _process = null!;

    private ValidatingResolver()
    {
    }

    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, FreePorts.Take());

    /// <summary>What it found wrong with answers, in its own words.</summary>
    public string[] Complaints =>
        [.. _process.Lines.Where(line => line.Contains("validation failure", StringComparison.Ordinal))];

    /// <summary>Starts it with zones that it asks one address for, each with a file of DS records as its trust anchor.</summary>
    public static async Task<ValidatingResolver> StartAsync(string server, IEnumerable<(string Zone, string AnchorFile)> zones)
    {
        ValidatingResolver resolver = new();
        string anchors = string.Concat(zones.Select(zone => $"    trust-anchor-file: \"{zone.AnchorFile}\"\n"));
        string stubs = string.Concat(zones.Select(zone => $"stub-zone:\n    name: \"{zone.Zone}\"\n    stub-addr: {server}\n"));
        string conf = resolver._folder.Write("unbound.conf", $"""
            server:
                interface: 127.0.0.1@{resolver.EndPoint.Port}
                do-daemonize: no
                chroot: ""
                username: ""
                directory: "{resolver._folder.FullPath}"
                pidfile: ""
                use-syslog: no
                logfile: ""
                num-threads: 1
                module-config: "validator iterator"
                do-ip6: no
                do-not-query-localhost: no
                aggressive-nsec: no
                val-log-level: 2
            {anchors}
            remote-control:
                control-enable: no
            {stubs}
            """);
        resolver._process = ChildProcess.Start("unbound", ["-d", "-c", conf], resolver._folder.FullPath);
        await resolver._process.WaitForLineAsync("start of service");
        return resolver;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}

using System.Net;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>Knot DNS with the same dynamic zone.</summary>
internal sealed class KnotPrimary : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private ChildProcess _process = null!;

    private KnotPrimary()
    {
    }

    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, FreePorts.Take());

    public static async Task<KnotPrimary> StartAsync(string zoneText)
    {
        KnotPrimary primary = new();
        string folder = primary._folder.FullPath;
        Directory.CreateDirectory(Path.Combine(folder, "db"));
        TestKey key = DynamicZone.Key;
        primary._folder.Write("example.zone", zoneText);
        string conf = primary._folder.Write("knot.conf", $"""
            server:
                rundir: "{folder}"
                listen: 127.0.0.1@{primary.EndPoint.Port}
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            database:
                storage: "{folder}/db"
            log:
              - target: stdout
                any: info
            key:
              - id: {key.Name}
                algorithm: {key.Algorithm}
                secret: {key.Secret}
            acl:
              - id: updates
                key: {key.Name}
                action: update
              - id: transfers
                address: 127.0.0.1
                action: transfer
            zone:
              - domain: {DynamicZone.Zone}
                storage: "{folder}"
                file: example.zone
                zonefile-sync: -1
                semantic-checks: off
                acl: [updates, transfers]
            """);
        primary._process = ChildProcess.Start("knotd", ["-c", conf], folder);
        await primary._process.WaitForLineAsync("[example.] loaded");
        return primary;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}

using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>NSD as a secondary.</summary>
internal sealed class NsdSecondary : Secondary
{
    public NsdSecondary(int primaryPort, TestKey key, string[] zones)
    {
        string folder = Folder.FullPath;
        string zoneBlocks = string.Concat(zones.Select(zone => $"""
            zone:
                name: "{zone}"
                zonefile: "{zone}.zone"
                request-xfr: 127.0.0.1@{primaryPort} "{key.Name}"
                allow-notify: 127.0.0.1 "{key.Name}"
                provide-xfr: 127.0.0.1 NOKEY
                min-refresh-time: 1
                min-retry-time: 1

            """));
        string conf = Folder.Write("nsd.conf", $"""
            server:
                ip-address: 127.0.0.1@{Port}
                username: ""
                chroot: ""
                zonesdir: "{folder}"
                database: ""
                pidfile: "{folder}/nsd.pid"
                xfrdfile: "{folder}/xfrd.state"
                xfrdir: "{folder}"
                zonelistfile: "{folder}/zone.list"
                server-count: 1
                verbosity: 2
            remote-control:
                control-enable: no
            key:
                name: "{key.Name}"
                algorithm: {key.Algorithm}
                secret: "{key.Secret}"
            {zoneBlocks}
            """);
        Process = ChildProcess.Start("nsd", ["-d", "-c", conf], folder);
    }

    protected override string SaysSerial(string zone) => "is updated to ";

    protected override bool SaysThatItCame(string line, string zone) =>
        line.Contains($"zone {zone} serial", StringComparison.Ordinal)
        && line.Contains("is updated to", StringComparison.Ordinal);
}

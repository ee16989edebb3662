using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>Knot DNS as a secondary.</summary>
internal sealed class KnotSecondary : Secondary
{
    public KnotSecondary(int primaryPort, TestKey key, string[] zones)
    {
        string folder = Folder.FullPath;
        string zoneBlocks = string.Concat(zones.Select(zone => $"""
              - domain: {zone}
                storage: "{folder}"
                file: "{zone}.zone"
                master: primary
                acl: [everybody, notifies]
                refresh-min-interval: 2
                retry-min-interval: 2

            """));
        string conf = Folder.Write("knot.conf", $"""
            server:
                rundir: "{folder}"
                listen: 127.0.0.1@{Port}
                udp-workers: 1
                tcp-workers: 1
                background-workers: 1
            database:
                storage: "{folder}/db"
            log:
              - target: stdout
                any: info
            key:
              - id: "{key.Name}"
                algorithm: {key.Algorithm}
                secret: "{key.Secret}"
            remote:
              - id: primary
                address: 127.0.0.1@{primaryPort}
                key: "{key.Name}"
            acl:
              - id: everybody
                address: 127.0.0.1
                action: transfer
              - id: notifies
                key: "{key.Name}"
                action: notify
            zone:
            {zoneBlocks}
            """);
        Process = ChildProcess.Start("knotd", ["-c", conf], folder);
    }

    protected override string SaysSerial(string zone) => " -> ";

    protected override bool SaysThatItCame(string line, string zone) =>
        line.Contains($"[{zone}.] refresh, remote ", StringComparison.Ordinal)
        && line.Contains("zone updated", StringComparison.Ordinal);
}

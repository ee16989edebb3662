using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Peers;

/// <summary>BIND 9 as a secondary.</summary>
internal sealed class BindSecondary : Secondary
{
    public BindSecondary(int primaryPort, TestKey key, string[] zones)
    {
        string zoneBlocks = string.Concat(zones.Select(zone => $$"""
            zone "{{zone}}" {
                type secondary; file "{{zone}}.db"; masterfile-format text;
                primaries { 127.0.0.1 port {{primaryPort}} key "{{key.Name}}"; };
                allow-transfer { any; }; min-refresh-time 1; min-retry-time 1;
            };

            """));
        string conf = Folder.Write("named.conf", $$"""
            options {
                directory "{{Folder.FullPath}}"; pid-file none; session-keyfile none; recursion no; notify no; dnssec-validation no;
                listen-on port {{Port}} { 127.0.0.1; }; listen-on-v6 { none; };
            };
            controls { };
            {{key.ToNamedConf()}}
            {{zoneBlocks}}
            """);
        Process = ChildProcess.Start("named", ["-g", "-d", "3", "-n", "1", "-c", conf], Folder.FullPath);
    }

    protected override string SaysSerial(string zone) => $"zone {zone}/IN: transferred serial ";

    protected override bool SaysThatItCame(string line, string zone) =>
        line.Contains($"transfer of '{zone}/IN' from", StringComparison.Ordinal)
        && line.Contains("Transfer status: success", StringComparison.Ordinal);
}

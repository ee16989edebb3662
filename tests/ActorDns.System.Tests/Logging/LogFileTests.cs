using System.Text.RegularExpressions;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Logging;

/// <summary>The same requests to ours and to BIND, and the files that their <c>logging</c> statement makes, side by side.</summary>
public sealed partial class LogFileTests : IDisposable
{
    private const string Zone = "logged.example";

    private static readonly TestKey Key = TestKey.Create("Transfer.example");
    private static readonly TestKey Other = TestKey.Create("other.example");

    /// <summary>Categories whose lines are compared, all but what only one of the two has to say.</summary>
    private static readonly string[] Compared = ["zoneload", "queries", "xfer-out", "security", "general"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lines_of_every_category_are_those_of_BIND_with_ours_behind_them()
    {
        string[] theirs = await LinesAsync(ServerKind.Bind);
        string[] ours = await LinesAsync(ServerKind.ActorDns);
        Assert.True(theirs.Length >= 25, string.Join('\n', theirs));
        Assert.True(
            theirs.Length == ours.Length && theirs.Zip(ours).All(pair => IsContinued(pair.First, pair.Second)),
            $"BIND:\n{string.Join('\n', theirs)}\n\nours:\n{string.Join('\n', ours)}");
    }

    [Fact]
    public async Task Files_of_a_channel_with_versions_and_size_are_rolled()
    {
        string conf = Write(ServerUnderTest.Default, "file \"all.log\" versions 2 size 2k", out int port);
        await using (ChildProcess server = Start(ServerUnderTest.Default, conf))
        {
            await server.WaitForLineAsync("running");
            using WireClient client = new(new global::System.Net.IPEndPoint(global::System.Net.IPAddress.Loopback, port));
            for (ushort id = 1; id <= 100; id++)
                client.AskUdp(new Query($"ns.{Zone}.", Protocol.Registries.RecordType.A, 0, false, false, false).Build(id));
        }

        string[] files = [.. Directory.GetFiles(Path.GetDirectoryName(conf)!, "all.log*").Select(Path.GetFileName).Order()!];
        Assert.Equal(["all.log", "all.log.0", "all.log.1"], files);
    }

    /// <summary>BIND's line, and behind it at most a reason in parentheses or after a colon.</summary>
    private static bool IsContinued(string theirs, string ours) =>
        ours == theirs
        || (ours.StartsWith(theirs, StringComparison.Ordinal) && (ours[theirs.Length..].StartsWith(" (", StringComparison.Ordinal)
            || ours[theirs.Length..].StartsWith(": ", StringComparison.Ordinal)));

    private static async Task AskAsync(int port)
    {
        string name = "ns." + Zone;
        string[][] all =
        [
            [name, "A"], [name, "A", "+norecurse", "+nocookie"], ["NS." + Zone, "TXT", "+noedns"],
            [name, "A", "+tcp", "+dnssec", "+cdflag"], ["-y", Key.ForDig, name, "A"],
            [Zone, "AXFR"], ["-y", Key.ForDig, Zone, "AXFR"], ["-y", Other.ForDig, Zone, "AXFR"],
            ["-y", Key.ForDig, Zone, "IXFR=1"],
            ["-y", TestKey.Create("nobody.example").ForDig, Zone, "AXFR"], ["-y", Key.WithWrongSecret.ForDig, Zone, "AXFR"],
            ["-y", (Key with { Algorithm = "hmac-sha512" }).ForDig, Zone, "AXFR"],
            ["www.closed.example", "A"], [name, "AXFR"], ["elsewhere.example", "AXFR"], ["elsewhere.example", "A"],
        ];
        foreach (string[] one in all)
            await Tool.RunAsync("dig", ["@127.0.0.1", "-p", $"{port}", .. one]);
        foreach (string skew in new[] { "skew=-400", "skew=400" })
        {
            (await Script.RunAsync(
                "tsig.py", $"{port}", Zone, "SOA", $"key={Key.Name.ToLowerInvariant()}", $"algorithm={Key.Algorithm}", $"secret={Key.Secret}", skew)).OrThrow();
        }
    }

    /// <summary>What a run left in the file, masked; zones load side by side, so that their lines come sorted and first.</summary>
    private async Task<string[]> LinesAsync(ServerKind kind)
    {
        string conf = Write(kind, "file \"all.log\" versions 3 size 5m", out int port);
        await using (ChildProcess server = Start(kind, conf))
        {
            await server.WaitForLineAsync("running");
            await AskAsync(port);
            server.Terminate();
            Assert.Equal(0, await server.WaitForExitAsync());
        }

        string[] lines = await File.ReadAllLinesAsync(
            Path.Combine(Path.GetDirectoryName(conf)!, "all.log"), TestContext.Current.CancellationToken);
        Assert.All(lines, line => Assert.Matches(Layout(), line));
        string[] masked = [.. lines.Select(line => Mask(Layout().Match(line).Groups[1].Value))
            .Where(line => Compared.Any(category => line.StartsWith(category + ": ", StringComparison.Ordinal)))
            .Where(line => !line.Contains("managed-keys-zone", StringComparison.Ordinal)) // BIND's own.
            .Where(line => !line.Contains("falling back to AXFR", StringComparison.Ordinal)) // BIND names its journal.
            .Where(line => !line.StartsWith("zoneload: error: zone broken.example/IN: /", StringComparison.Ordinal))]; // Ours: file and line.
        return
        [
            .. masked.Where(line => line.StartsWith("zoneload: ", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            .. masked.Where(line => !line.StartsWith("zoneload: ", StringComparison.Ordinal)),
        ];
    }

    private string Write(ServerKind kind, string file, out int port)
    {
        port = FreePorts.Take();
        string folder = Path.GetDirectoryName(_folder[$"{kind}/x"])!;
        File.WriteAllText(
            Path.Combine(folder, "db"), "$TTL 300\n@ SOA ns hostmaster 7 3600 600 86400 300\n@ NS ns\nns A 127.0.0.1\n");
        string channel = $"{file}; severity info; print-time yes; print-severity yes; print-category yes;";
        NamedConf conf = new NamedConf().Key(Key).Key(Other)
            .Primary(Zone, "db", $"allow-transfer {{ key \"{Key.Name}\"; }};")
            .Primary("closed.example", "db", "allow-query { 192.0.2.1; };")
            .Primary("broken.example", "none.db")
            .Statement($"logging {{ channel lab {{ {channel} }}; channel screen {{ stderr; severity info; }};")
            .Statement(string.Concat(Compared.Select(category => $"category {category} {{ lab; {(category == "general" ? "screen; " : "")}}}; ")) + "};");
        string path = Path.Combine(folder, "named.conf");
        File.WriteAllText(path, conf.Build(folder, port));
        return path;
    }

    private static ChildProcess Start(ServerKind kind, string conf)
    {
        (string program, string[] first) = ServerUnderTest.CommandOf(kind);
        return ChildProcess.Start(program, [.. first, "-f", "-c", conf], Path.GetDirectoryName(conf));
    }

    private static string Mask(string line)
    {
        line = Pointer().Replace(line, "@0x");
        line = Port().Replace(line, "127.0.0.1#P");
        line = MasterFile().Replace(line, "master file none.db");
        return Speed().Replace(line, "S secs (N bytes/sec)");
    }

    [GeneratedRegex("^[0-9]{2}-[A-Z][a-z]{2}-[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3} ([a-z-]+: [a-z]+: .*)$")]
    private static partial Regex Layout();

    [GeneratedRegex("@0x[0-9a-f]+")]
    private static partial Regex Pointer();

    [GeneratedRegex("127\\.0\\.0\\.1#[0-9]+")]
    private static partial Regex Port();

    [GeneratedRegex("master file [^ ]*none\\.db")]
    private static partial Regex MasterFile();

    [GeneratedRegex("[0-9.]+ secs \\([0-9]+ bytes/sec\\)")]
    private static partial Regex Speed();
}

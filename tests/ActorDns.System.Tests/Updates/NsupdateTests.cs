using System.Text.RegularExpressions;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>BIND's nsupdate against ours and against BIND: what it prints, how it ends, and what the zone is afterwards.</summary>
public sealed partial class NsupdateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nsupdate_has_the_same_outcome_and_zone_on_ours_as_on_BIND(bool overTcp)
    {
        await using DynamicZone ours = await DynamicZone.StartAsync(ServerKind.ActorDns);
        await using DynamicZone bind = await DynamicZone.StartAsync(ServerKind.Bind);
        string[] transport = overTcp ? ["-v"] : [];
        List<string> differences = [];
        int effective = 0;
        string[] before = LowerCase(await bind.TransferAsync());
        Assert.Equal(before, LowerCase(await ours.TransferAsync()));
        foreach (string script in NsupdateScripts.All)
        {
            string expected = Normalized(await bind.NsupdateAsync(script, [.. transport, "-k", bind.KeyFile]));
            string actual = Normalized(await ours.NsupdateAsync(script, [.. transport, "-k", ours.KeyFile]));
            string[] expectedZone = LowerCase(await bind.TransferAsync());
            string[] actualZone = LowerCase(await ours.TransferAsync());
            if (expected != actual)
                differences.Add($"{script}\nBIND: {expected}\nours: {actual}");
            if (!expectedZone.AsSpan().SequenceEqual(actualZone))
                differences.Add($"{script}\n{ZoneDifference(expectedZone, actualZone)}");
            effective += expectedZone.AsSpan().SequenceEqual(before) ? 0 : 1;
            before = expectedZone;
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join("\n\n", differences)}");
        Assert.InRange(effective, 35, NsupdateScripts.All.Length);
        Evidence.Add(
            $"nsupdate over {(overTcp ? "TCP" : "UDP")}",
            $"{NsupdateScripts.All.Length} scripts, {effective} of them with effect: output, exit code and zone as with BIND");
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task Nsupdate_signs_with_any_algorithm_on_its_command_line(string algorithm)
    {
        TestKey key = TestKey.Create($"{algorithm}-key", algorithm);
        await using DynamicZone zone = await DynamicZone.StartAsync(
            policy: $"allow-update {{ key \"{key.Name}\"; }};", more: conf => conf.Key(key));
        (await zone.NsupdateAsync("update add www.example. 60 A 192.0.2.1\nsend", "-y", key.ForDig)).OrThrow();
        Assert.Equal(DynamicZone.FirstSerial + 1, await zone.SerialAsync());
    }

    public static TheoryData<string> Algorithms => [.. TestKey.Algorithms];

    [Theory]
    [InlineData("unsigned")]
    [InlineData("unknown key")]
    [InlineData("wrong secret")]
    [InlineData("key without permission")]
    public async Task Nsupdate_that_may_not_ends_as_with_BIND_and_changes_nothing(string who)
    {
        TestKey other = TestKey.Create("other-key");
        string[] arguments = who switch
        {
            "unsigned" => [],
            "unknown key" => ["-y", TestKey.Create("nobody").ForDig],
            "wrong secret" => ["-y", DynamicZone.Key.WithWrongSecret.ForDig],
            _ => ["-y", other.ForDig],
        };
        await using DynamicZone ours = await DynamicZone.StartAsync(ServerKind.ActorDns, more: conf => conf.Key(other));
        await using DynamicZone bind = await DynamicZone.StartAsync(ServerKind.Bind, more: conf => conf.Key(other));
        const string Script = "zone example.\nupdate add www.example. 60 A 192.0.2.1\nsend";
        ToolResult expected = await bind.NsupdateAsync(Script, arguments);
        ToolResult actual = await ours.NsupdateAsync(Script, arguments);
        Assert.NotEqual(0, expected.ExitCode);
        Assert.Equal(Normalized(expected), Normalized(actual));
        Assert.Equal(DynamicZone.FirstSerial, await ours.SerialAsync());
    }

    [Fact]
    public async Task Nsupdate_finds_the_session_key_of_a_local_policy()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync(
            policy: "update-policy local;", more: conf => conf.SessionKeyFile("session.key"));
        string file = Path.Combine(zone.Folder.FullPath, "session.key");
        string[] arguments = ["-l", "-p", $"{zone.Server.Port}", "-k", file];
        (await Tool.RunAsync("nsupdate", arguments, "update add local.example. 60 A 192.0.2.1\nsend\n")).OrThrow();
        Assert.Equal(DynamicZone.FirstSerial + 1, await zone.SerialAsync());
        ToolResult refused = await zone.NsupdateAsync("update add www.example. 60 A 192.0.2.1\nsend", "-k", zone.KeyFile);
        Assert.Equal((2, "update failed: REFUSED"), (refused.ExitCode, refused.Errors.Trim()));
    }

    [Fact]
    public async Task Nsupdate_reads_the_old_pair_of_key_files()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        string name = $"K{DynamicZone.Key.Name}.+163+12345";
        zone.Folder.Write(name + ".key", $"{DynamicZone.Key.Name}. IN KEY 512 3 163 {DynamicZone.Key.Secret}\n");
        string file = zone.Folder.Write(
            name + ".private", $"Private-key-format: v1.3\nAlgorithm: 163 (HMAC_SHA256)\nKey: {DynamicZone.Key.Secret}\nBits: AAA=\n");
        (await zone.NsupdateAsync("update add www.example. 60 A 192.0.2.1\nsend", "-k", file)).OrThrow();
        Assert.Equal(DynamicZone.FirstSerial + 1, await zone.SerialAsync());
    }

    [Fact]
    public async Task Knsupdate_changes_the_zone_and_its_reply_is_signed()
    {
        await using DynamicZone zone = await DynamicZone.StartAsync();
        string script = $"server 127.0.0.1 {zone.Server.Port}\nzone example.\norigin example.\nttl 60\n"
            + "prereq nxdomain knot\nadd knot A 192.0.2.1\nadd knot TXT \"by knsupdate\"\ndel mail\nsend\nanswer\n";
        ToolResult knsupdate = (await Tool.RunAsync("knsupdate", ["-y", DynamicZone.Key.ForDig], script)).OrThrow();
        Assert.Contains("status: NOERROR", knsupdate.Output, StringComparison.Ordinal);
        Assert.Contains("TSIG PSEUDOSECTION", knsupdate.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", knsupdate.Output + knsupdate.Errors, StringComparison.Ordinal);
        string[] records = await zone.TransferAsync();
        Assert.Contains("knot.example. 60 IN A 192.0.2.1", records);
        Assert.DoesNotContain(records, record => record.StartsWith("mail.example.", StringComparison.Ordinal));

        ToolResult again = await Tool.RunAsync("knsupdate", ["-y", DynamicZone.Key.ForDig], script);
        Assert.NotEqual(0, again.ExitCode);
        Assert.Contains("YXDOMAIN", again.Output + again.Errors, StringComparison.Ordinal);
        Assert.Equal(DynamicZone.FirstSerial + 1, await zone.SerialAsync());
    }

    /// <summary>With BIND a set's owner takes the case of the last addition; with ours a name keeps that of its first.</summary>
    private static string[] LowerCase(string[] zone) =>
        [.. zone.Select(line => line.ToLowerInvariant()).Order(StringComparer.Ordinal)];

    private static string ZoneDifference(string[] expected, string[] actual) => string.Join(
        '\n', expected.Except(actual).Select(line => "BIND: " + line).Concat(actual.Except(expected).Select(line => "ours: " + line)));

    /// <summary>What differs from run to run in what nsupdate prints: IDs, times, MACs.</summary>
    private static string Normalized(ToolResult nsupdate) =>
        $"exit code {nsupdate.ExitCode}\n" + SignatureText().Replace(IdText().Replace(PortText().Replace(nsupdate.Output + nsupdate.Errors, "#N"), "id: N"), "$1 N N N N N");

    [GeneratedRegex(@"#\d+")]
    private static partial Regex PortText();

    [GeneratedRegex(@"id: +\d+")]
    private static partial Regex IdText();

    [GeneratedRegex(@"(\sTSIG\s+\S+) \d+ \d+ \d+ \S+ \d+")]
    private static partial Regex SignatureText();
}

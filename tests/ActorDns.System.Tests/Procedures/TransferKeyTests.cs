using System.Text.RegularExpressions;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Procedures;

/// <summary>What the tutorials tell a reader to type, and what they say will then be seen.</summary>
public sealed partial class TransferKeyTests(LabPrimary lab) : IClassFixture<LabPrimary>
{
    private const string Refused = "; Transfer failed.";

    [Theory]
    [InlineData(LabPrimary.Zone, 7)]
    [InlineData(LabPrimary.Reverse, 5)]
    public async Task Dig_with_the_file_of_tsig_keygen_transfers_every_zone_of_the_key(string zone, int records)
    {
        ToolResult dig = await lab.Server.DigAsync(zone, "AXFR", "-k", lab.KeyFile);
        Assert.Equal(0, dig.ExitCode);
        Match size = TransferSize().Match(dig.Output);
        Assert.True(size.Success, dig.ToString());
        Assert.Equal($"{records}", size.Groups[1].Value);
        Assert.DoesNotContain("Couldn't verify", dig.Output + dig.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_zone_with_its_MD5_key_in_capitals_is_transferred()
    {
        ToolResult dig = await lab.Server.DigAsync(LabPrimary.OldZone, "AXFR", "-k", KeyFile(LabPrimary.Old));
        Assert.Equal(0, dig.ExitCode);
        Assert.Matches(TransferSize(), dig.Output);
    }

    [Fact]
    public async Task Transfer_without_a_key_fails_and_is_refused_as_prohibited()
    {
        ToolResult dig = await lab.Server.DigAsync(LabPrimary.Zone, "AXFR");
        Assert.Contains(Refused, dig.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SOA", dig.Output, StringComparison.Ordinal);
        Assert.Equal("REFUSED answers=0 ede=18 tsig: unsigned", await lab.AskAsync(LabPrimary.Zone, "AXFR", null));
    }

    [Fact]
    public async Task Transfer_with_a_key_that_is_not_listed_is_REFUSED_in_a_signed_reply()
    {
        ToolResult dig = await lab.Server.DigAsync(LabPrimary.Zone, "AXFR", "-k", KeyFile(LabPrimary.Bystander));
        Assert.Contains(Refused, dig.Output, StringComparison.Ordinal);
        Assert.Equal(
            "REFUSED answers=0 ede=18 tsig: bystander.example NOERROR mac=32 verified=True other=0 clock=right",
            WithoutTime(await lab.AskAsync(LabPrimary.Zone, "AXFR", LabPrimary.Bystander)));
    }

    [Fact]
    public async Task Transfer_of_what_is_no_zone_here_is_NOTAUTH()
    {
        Assert.StartsWith("NOTAUTH answers=0 ", await lab.AskAsync("www." + LabPrimary.Zone, "AXFR", null), StringComparison.Ordinal);
        Assert.StartsWith("NOTAUTH answers=0 ", await lab.AskAsync("elsewhere.example", "AXFR", null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SolveTheNetwork-Transfer-KEY")]
    [InlineData("solvethenetwork-transfer-key.")]
    public async Task Name_of_a_key_is_the_same_in_any_case_and_with_a_final_dot(string name)
    {
        ToolResult dig = await lab.Server.DigAsync(LabPrimary.Zone, "AXFR", "-y", (lab.Transfer with { Name = name }).ForDig);
        Assert.Equal(0, dig.ExitCode);
        Assert.Matches(TransferSize(), dig.Output);
    }

    [Theory]
    [InlineData("bare.example")]
    [InlineData("dotted.example")]
    [InlineData("quoted.example")]
    public async Task Key_in_an_access_list_is_found_in_every_spelling_and_dig_reads_a_pair_of_dnssec_keygen(string zone)
    {
        string pair = Path.Combine(lab.Folder.FullPath, $"K{LabPrimary.PairName}+163+00000");
        await File.WriteAllTextAsync(
            pair + ".key",
            $"{LabPrimary.PairName} IN KEY 512 3 163 {LabPrimary.Pair.Secret}\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            pair + ".private",
            $"Private-key-format: v1.3\nAlgorithm: 163 (HMAC_SHA256)\nKey: {LabPrimary.Pair.Secret}\nBits: AAA=\n",
            TestContext.Current.CancellationToken);
        ToolResult dig = await lab.Server.DigAsync(zone, "AXFR", "-k", pair + ".private");
        Assert.Equal(0, dig.ExitCode);
        Assert.Matches(TransferSize(), dig.Output);
    }

    [Theory]
    [InlineData("either.example", "127.0.0.1", false, true)]
    [InlineData("either.example", "127.0.0.2", true, true)]
    [InlineData("either.example", "127.0.0.2", false, false)]
    [InlineData("both.example", "127.0.0.1", true, true)]
    [InlineData("both.example", "127.0.0.1", false, false)]
    [InlineData("both.example", "127.0.0.2", true, false)]
    [InlineData("both.example", "127.0.0.2", false, false)]
    public async Task Access_list_of_key_and_address_means_or_and_its_nested_form_means_and(
        string zone, string source, bool isSigned, bool isAllowed)
    {
        string reply = await lab.AskAsync(zone, "AXFR", isSigned ? lab.Transfer : null, $"source={source}");
        Assert.StartsWith(isAllowed ? "NOERROR answers=4 " : "REFUSED answers=0 ede=18 ", reply, StringComparison.Ordinal);
        Assert.Equal(isSigned, reply.Contains("verified=True", StringComparison.Ordinal));
    }

    /// <summary>The configuration has <c>server 127.0.0.1 { keys … }</c>, which is about requests that are sent there.</summary>
    [Fact]
    public async Task Keys_of_a_server_statement_do_not_sign_replies_to_that_server()
    {
        Assert.Equal("NOERROR answers=1 ede=- tsig: unsigned", await lab.AskAsync(LabPrimary.Zone, "SOA", null));
        Assert.Contains(
            "tsig: bystander.example NOERROR mac=32 verified=True",
            await lab.AskAsync(LabPrimary.Zone, "SOA", LabPrimary.Bystander, "udp"),
            StringComparison.Ordinal);
    }

    private static string WithoutTime(string reply) => reply[..reply.IndexOf(" repeats=", StringComparison.Ordinal)];

    private string KeyFile(TestKey key) => lab.Folder.Write($"{key.Name}.key", key.ToNamedConf());

    [GeneratedRegex("^;; XFR size: ([0-9]+) records \\(messages 1, bytes [0-9]+\\)$", RegexOptions.Multiline)]
    private static partial Regex TransferSize();
}

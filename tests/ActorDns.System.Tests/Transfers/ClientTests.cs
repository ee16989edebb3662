using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Transfers;

/// <summary>Five independent implementations of TSIG check our signatures, on single answers and on long transfers.</summary>
public sealed class ClientTests(MixedZoneServer primary) : IClassFixture<MixedZoneServer>
{
    private const string Zone = MixedZoneServer.Zone;

    private static readonly TestKey Sha256 = MixedZoneServer.KeyOf("hmac-sha256");

    public static TheoryData<string> Algorithms => [.. TestKey.Algorithms];

    private string Port => $"{primary.Server.Port}";

    [Theory, MemberData(nameof(Algorithms))]
    public async Task Dig_verifies_a_signed_answer(string algorithm)
    {
        ToolResult dig = await primary.Server.DigAsync("-y", MixedZoneServer.KeyOf(algorithm).ForDig, Zone, "SOA", "+norecurse");
        Assert.Contains("status: NOERROR", dig.Output, StringComparison.Ordinal);
        Assert.Contains(";; TSIG PSEUDOSECTION:", dig.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Couldn't verify", dig.Output + dig.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", dig.Output + dig.Errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task Dig_verifies_a_signed_transfer_of_many_messages(string algorithm)
    {
        ToolResult dig = await primary.Server.DigAsync(
            "-y", MixedZoneServer.KeyOf(algorithm).ForDig, Zone, "AXFR", "+noall", "+answer", "+onesoa");
        Assert.Equal(0, dig.ExitCode);
        await AssertIsTheZoneAsync(dig.Output, $"verified by dig, {algorithm}");
    }

    [Fact]
    public async Task Kdig_verifies_a_signed_answer()
    {
        ToolResult kdig = await Tool.RunAsync("kdig", "@127.0.0.1", "-p", Port, "-y", Sha256.ForDig, "ns1." + Zone, "A");
        Assert.Contains("status: NOERROR", kdig.Output, StringComparison.Ordinal);
        Assert.Contains("TSIG PSEUDOSECTION", kdig.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", kdig.Output + kdig.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kdig_notices_a_secret_that_is_not_ours()
    {
        ToolResult kdig = await Tool.RunAsync(
            "kdig", "@127.0.0.1", "-p", Port, "-y", Sha256.WithWrongSecret.ForDig, "ns1." + Zone, "A");
        Assert.Contains("BADSIG", kdig.Output + kdig.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kdig_verifies_a_signed_transfer_of_many_messages()
    {
        ToolResult kdig = await Tool.RunAsync(
            "kdig", "@127.0.0.1", "-p", Port, "-y", Sha256.ForDig, Zone, "AXFR", "+noall", "+answer", "+timeout=60");
        Assert.DoesNotContain("WARNING", kdig.Output + kdig.Errors, StringComparison.Ordinal);
        await AssertIsTheZoneAsync(kdig.Output, "verified by kdig");
    }

    [Fact]
    public async Task Drill_verifies_a_signed_answer()
    {
        ToolResult drill = await Tool.RunAsync("drill", "-p", Port, "-y", Sha256.ForDrill, "ns1." + Zone, "@127.0.0.1", "A");
        Assert.Contains("rcode: NOERROR", drill.Output, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", drill.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", drill.Output + drill.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drill_reads_a_signed_transfer_of_many_messages()
    {
        ToolResult drill = await Tool.RunAsync("drill", "-p", Port, "-y", Sha256.ForDrill, Zone, "@127.0.0.1", "AXFR");
        await AssertIsTheZoneAsync(string.Join('\n', WithoutLastSoa(drill.Lines)), "read by drill");
    }

    [Fact]
    public async Task Dnspython_verifies_a_signed_answer()
    {
        ToolResult python = (await Script.RunAsync("ask.py", Port, "ns1." + Zone, "A", Sha256.Name, Sha256.Algorithm, Sha256.Secret)).OrThrow();
        Assert.Equal(["verified True NOERROR", $"ns1.{Zone}. 3600 IN A 127.0.0.1"], python.Lines);
    }

    [Fact]
    public async Task Dnspython_verifies_a_signed_transfer_of_many_messages()
    {
        ToolResult python = (await Script.RunAsync("xfr.py", Port, Zone, Sha256.Name, Sha256.Algorithm, Sha256.Secret)).OrThrow();
        await AssertIsTheZoneAsync(python.Output, "verified by dnspython");
    }

    [Fact]
    public async Task Net_DNS_verifies_a_signed_answer()
    {
        ToolResult perl = (await Script.RunAsync("xfr.pl", Port, Zone, KeyFile(Sha256), "ns1." + Zone, "A")).OrThrow();
        Assert.Equal("verified NOERROR", perl.Lines[0]);
        Assert.Contains("127.0.0.1", perl.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Net_DNS_verifies_a_signed_transfer_of_many_messages()
    {
        ToolResult perl = (await Script.RunAsync("xfr.pl", Port, Zone, KeyFile(Sha256))).OrThrow();
        await AssertIsTheZoneAsync(perl.Output, "verified by Net::DNS");
    }

    private static IEnumerable<string> WithoutLastSoa(string[] lines)
    {
        int last = Array.FindLastIndex(lines, line => line.Contains("\tSOA\t", StringComparison.Ordinal));
        return lines.Where((line, index) => index != last);
    }

    private string KeyFile(TestKey key) => primary.Folder.Write($"{key.Name}.key", key.ToNamedConf());

    private async Task AssertIsTheZoneAsync(string printed, string whatWasDone)
    {
        ZoneText.AssertSame(primary.Expected, await ZoneText.CanonicalOfAsync(Zone, printed, primary.Folder));
        Evidence.Add($"signed AXFR {whatWasDone}", $"{primary.Expected.Length} records, equal to the file");
    }
}

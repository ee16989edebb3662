using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Peers;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Secondaries;

/// <summary>Other vendors' servers feed our secondary, signed with TSIG.</summary>
public sealed class ForeignPrimaryTests
{
    private const int Updates = 6;

    [Theory]
    [InlineData(ForeignPrimaryKind.Knot)]
    [InlineData(ForeignPrimaryKind.Nsd)]
    [InlineData(ForeignPrimaryKind.PowerDns)]
    [InlineData(ForeignPrimaryKind.Yadifa)]
    public async Task Zone_of_another_server_comes_whole_and_its_changes_as_differences(ForeignPrimaryKind kind)
    {
        TestKey key = TestKey.Create("transfer-key.example");
        int port = FreePorts.Take();
        await using ForeignPrimary primary = await ForeignPrimary.StartAsync(kind, key, port);
        using TempFolder folder = new();
        NamedConf conf = new NamedConf().Key(key).Statement(
            $$"""
            zone "{{ForeignPrimary.Zone}}" {
                type secondary; allow-transfer { any; };
                primaries { 127.0.0.1 port {{primary.Port}} key "{{key.Name}}"; };
            };
            """);
        await using ServerUnderTest own = await ServerUnderTest.StartAsync(folder, conf, ServerKind.ActorDns, port);
        await own.Process.WaitForLineAsync("Transfer status: success", TimeSpan.FromSeconds(30));
        string first = await own.Process.WaitForLineAsync("Transfer completed");
        string[] before = await primary.HoldsAsync();
        ZoneText.AssertSame(before, await HeldAsync(own, folder));
        if (!ForeignPrimary.GivesDifferences(kind))
        {
            Evidence.Add($"secondary of {kind}", $"{ForeignPrimary.Hosts} hosts by AXFR with TSIG: {Figures(first)}");
            return;
        }

        string last = "";
        for (int i = 0; i < Updates; i++)
        {
            int seen = own.Process.Lines.Length;
            await primary.UpdateAsync(i);
            last = await own.Process.WaitForLineAsync("Transfer completed", seen);
        }

        // Not asked of the primary: YADIFA goes on to give out the file that it made for the first transfer.
        string[] expected = [.. before.Where(line => !IsSoa(line) && !IsRemoved(line)), .. await AddedAsync(folder)];
        Array.Sort(expected, StringComparer.Ordinal);
        ZoneText.AssertSame(expected, [.. (await HeldAsync(own, folder)).Where(line => !IsSoa(line))]);
        Assert.DoesNotContain(own.Process.Lines, line => line.Contains("retrying with AXFR", StringComparison.Ordinal));
        Assert.Contains("1 messages, 6 records", last, StringComparison.Ordinal);
        Evidence.Add($"secondary of {kind}", $"{ForeignPrimary.Hosts} hosts with TSIG: {Figures(first)}; {Updates} changes by IXFR");
    }

    [Fact]
    public async Task Chain_of_ours_and_ours_and_bind_carries_changes_to_its_end()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.ActorDns);
        await using ISecondary bind =
            await Secondary.StartAsync(SecondaryKind.Bind, pair.OwnPort, SecondaryPair.Key, SecondaryPair.Zone);
        await bind.WaitForZoneAsync(SecondaryPair.Zone);
        ZoneText.AssertSame(await pair.HeldByAsync(pair.Primary), await bind.HoldsAsync(SecondaryPair.Zone));
    }

    private static string Figures(string line) => line[(line.IndexOf("completed: ", StringComparison.Ordinal) + 11)..];

    private static bool IsSoa(string line) => line.Contains(" SOA\t", StringComparison.Ordinal);

    private static bool IsRemoved(string line) =>
        Enumerable.Range(0, Updates).Any(i => line.StartsWith($"h{i}.{ForeignPrimary.Zone}.", StringComparison.Ordinal));

    private static async Task<string[]> AddedAsync(TempFolder folder)
    {
        IEnumerable<string> added = Enumerable.Range(0, Updates).Select(i => $"new{i}.{ForeignPrimary.Zone}. 60 IN A 192.0.2.1\n");
        string apex = $"{ForeignPrimary.Zone}. 60 IN SOA a. b. 1 1 1 1 1\n{ForeignPrimary.Zone}. 60 IN NS a.\n";
        string[] lines = await ZoneText.CanonicalOfAsync(ForeignPrimary.Zone, apex + string.Concat(added), folder);
        return [.. lines.Where(line => line.StartsWith("new", StringComparison.Ordinal))];
    }

    private static async Task<string[]> HeldAsync(ServerUnderTest own, TempFolder folder)
    {
        ToolResult dig = await own.DigAsync(ForeignPrimary.Zone, "AXFR", "+noall", "+answer", "+onesoa");
        return await ZoneText.CanonicalOfAsync(ForeignPrimary.Zone, dig.Output, folder);
    }
}

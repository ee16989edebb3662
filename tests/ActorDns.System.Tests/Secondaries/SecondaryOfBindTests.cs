using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Secondaries;

/// <summary>Our secondary of a dynamic BIND, and of our own server in its place.</summary>
public sealed class SecondaryOfBindTests
{
    [Theory]
    [InlineData(ServerKind.Bind)]
    [InlineData(ServerKind.ActorDns)]
    public async Task Zone_comes_with_tsig_and_says_so_in_the_words_of_bind(ServerKind primary)
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(primary);
        await pair.AssertSameAsync();
        string[] lines = pair.Own.Process.Lines;
        string from = $"transfer of 'example.com/IN' from 127.0.0.1#{pair.Primary.Port}: ";
        foreach (string expected in (string[])
            [
                "zone example.com/IN: Transfer started.",
                $"{from}connected using 127.0.0.1#",
                "zone example.com/IN: transferred serial 4294967290: TSIG 'transfer-key.example'",
                $"{from}Transfer status: success",
                $"{from}Transfer completed: 1 messages, 6 records, ",
            ])
        {
            Assert.Contains(lines, line => line.Contains(expected, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Changes_follow_by_notify_and_ixfr_over_the_wrap_of_the_serial()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.Bind);
        for (int i = 0; i < 10; i++)
        {
            string completed = await pair.AndTransferAsync(
                () => pair.UpdateAsync($"add h{i}.example.com. 60 A 192.0.2.{i}", "delete www.example.com. A 192.0.2.81"));
            Assert.Contains("1 messages, ", completed, StringComparison.Ordinal);
        }

        await pair.AssertSameAsync();
        Assert.DoesNotContain(pair.Own.Process.Lines, line => line.Contains("retrying with AXFR", StringComparison.Ordinal));
        Assert.Contains(pair.Own.Process.Lines, line => line.Contains("transferred serial 4: TSIG", StringComparison.Ordinal)
            || line.Contains("transferred serial 5: TSIG", StringComparison.Ordinal));
        ToolResult onward = await pair.Own.DigAsync("example.com", "IXFR=4294967290", "+noall", "+answer");
        Assert.Contains("192.0.2.81", onward.Output, StringComparison.Ordinal); // The removal: it is a difference.
    }

    [Fact]
    public async Task Content_survives_a_kill_without_its_primary_and_is_given_out_as_differences()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.Bind);
        await pair.AndTransferAsync(() => pair.UpdateAsync("add h1.example.com. 60 A 192.0.2.1"));
        string[] before = await pair.HeldByAsync(pair.Own);
        foreach (ChildProcess process in (ChildProcess[])[pair.Own.Process, pair.Primary.Process])
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await pair.Own.DisposeAsync();
        await pair.StartOwnAsync();
        ZoneText.AssertSame(before, await pair.HeldByAsync(pair.Own));
        ToolResult onward = await pair.Own.DigAsync("example.com", "IXFR=4294967290", "+noall", "+answer");
        Assert.Contains("h1.example.com", onward.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("www.example.com", onward.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_of_a_stranger_is_refused_and_one_that_says_nothing_new_ends_there()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.Bind);
        int seen = pair.Own.Process.Lines.Length;
        ToolResult stranger = await pair.Own.DigAsync("-b", "127.0.0.2", "+opcode=notify", "example.com", "SOA");
        Assert.Contains("status: REFUSED", stranger.Output, StringComparison.Ordinal);
        await pair.Own.Process.WaitForLineAsync("refused notify from non-primary: 127.0.0.2#", seen);
        ToolResult known = await pair.Own.DigAsync("+opcode=notify", "example.com", "SOA");
        Assert.Contains("status: NOERROR", known.Output, StringComparison.Ordinal);
        await pair.Own.Process.WaitForLineAsync("zone example.com/IN: notify from 127.0.0.1#", seen);
    }
}

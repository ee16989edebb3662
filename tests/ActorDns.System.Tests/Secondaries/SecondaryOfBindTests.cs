using System.Globalization;
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

    [Fact, Rfc(2136, "6.2")]
    public async Task Update_at_the_secondary_is_passed_on_with_its_signature_and_comes_back_as_a_transfer()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.Bind, "allow-update-forwarding { 127.0.0.1; };");
        string script = $"server 127.0.0.1 {pair.OwnPort}\nzone example.com\nadd passed-on.example.com. 60 A 192.0.2.9\nsend\n";
        string[] key = ["-y", SecondaryPair.UpdateKey.ForDig];
        foreach (string[] transport in (string[][])[[], ["-v"]])
        {
            await pair.AndTransferAsync(async () => (await Tool.RunAsync("nsupdate", [.. transport, .. key], script)).OrThrow());
            script = script.Replace("passed-on", "by-tcp", StringComparison.Ordinal);
        }

        await pair.AssertSameAsync();
        Assert.Contains(await pair.HeldByAsync(pair.Own), line => line.StartsWith("by-tcp.example.com.", StringComparison.Ordinal));
        ToolResult forged = await Tool.RunAsync("nsupdate", ["-y", SecondaryPair.UpdateKey.WithWrongSecret.ForDig], script);
        Assert.Contains("NOTAUTH(BADSIG)", forged.Output + forged.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_key_at_a_secondary_that_does_not_forward_is_badkey()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.Bind);
        string script = $"server 127.0.0.1 {pair.OwnPort}\nzone example.com\nadd x.example.com. 60 A 192.0.2.9\nsend\n";
        ToolResult refused = await Tool.RunAsync("nsupdate", ["-y", SecondaryPair.UpdateKey.ForDig], script);
        Assert.Contains("NOTAUTH(BADKEY)", refused.Output + refused.Errors, StringComparison.Ordinal);
    }

    [Fact, Rfc(7314, "3.2")]
    public async Task Expire_option_of_the_secondary_tells_the_time_that_remains()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.Bind, times: "3600 900 604800 300");
        ToolResult asked = await pair.Own.DigAsync("+expire", "example.com", "SOA");
        string line = asked.Output.Split('\n').Single(line => line.StartsWith("; EXPIRE: ", StringComparison.Ordinal));
        Assert.InRange(int.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture), 604_500, 604_800);
    }

    [Fact]
    public async Task Zone_whose_primary_is_gone_expires_and_is_servfail()
    {
        await using SecondaryPair pair =
            await SecondaryPair.StartAsync(ServerKind.Bind, "min-refresh-time 1; min-retry-time 1;", times: "1 1 4 300");
        pair.Primary.Process.Kill();
        await pair.Own.Process.WaitForLineAsync("zone example.com/IN: expired");
        ToolResult asked = await pair.Own.DigAsync("example.com", "SOA", "+retry=0");
        Assert.Contains("status: SERVFAIL", asked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rndc_refreshes_retransfers_and_tells_the_times_of_the_zone()
    {
        await using SecondaryPair pair = await SecondaryPair.StartAsync(ServerKind.Bind);
        string retransferred = await pair.AndTransferAsync(async () => (await pair.RndcAsync("retransfer", "example.com")).OrThrow());
        Assert.Contains("6 records", retransferred, StringComparison.Ordinal); // Whole, though the serial is the same.
        Assert.Equal("zone refresh queued\n", (await pair.RndcAsync("refresh", "example.com")).Output);
        Assert.Equal("zone refresh queued\n", (await pair.RndcAsync("reload", "example.com")).Output);
        string status = (await pair.RndcAsync("zonestatus", "example.com")).Output;
        Assert.Contains("type: secondary\n", status, StringComparison.Ordinal);
        Assert.Contains("\nexpires: ", status, StringComparison.Ordinal);
    }
}

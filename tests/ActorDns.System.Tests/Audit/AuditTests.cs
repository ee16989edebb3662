using System.Text.Json;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Peers;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Audit;

/// <summary>Who changed it, what was it before, and back: as an operator does it beside the running server.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Changes_are_in_history_diff_and_journal_and_a_rollback_brings_the_zone_back()
    {
        await using AuditedServer server = await AuditedServer.StartAsync();
        await ChangeAndGoBackAsync(server);
    }

    [Fact]
    public async Task Journal_in_PostgreSQL_is_read_gone_back_in_and_printed_by_the_same_commands()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        await using AuditedServer server = await AuditedServer.StartAsync(connectionString: await database.CreateDatabaseAsync());
        await ChangeAndGoBackAsync(server);
        string[] printed = (await server.OursAsync("journal", "show", "-j", "example")).OrThrow().Lines;
        Assert.Contains(printed, line => line.StartsWith("add www.example.", StringComparison.Ordinal));
        ToolResult status = (await server.OursAsync("journal", "status")).OrThrow();
        Assert.Contains("4 entries", status.Lines[0], StringComparison.Ordinal);

        Assert.NotEqual(0, (await server.UpdateAsync("", "add evil.example. 300 A 192.0.2.66")).ExitCode);
        ToolResult denied = await server.OursAsync("denied", "--json");
        while (denied.OrThrow().Output.Length == 0) // They are written within a second.
            denied = await server.OursAsync("denied", "--json");
        using JsonDocument refusal = JsonDocument.Parse(denied.Lines[0]);
        Assert.Equal("update-policy: neither signed nor by TCP", refusal.RootElement.GetProperty("rule").GetString());
        Assert.Equal("+evil.example. 300 IN A 192.0.2.66", refusal.RootElement.GetProperty("content")[0].GetString());
    }

    private static async Task ChangeAndGoBackAsync(AuditedServer server)
    {
        string[] before = await server.RecordsAsync();
        (await server.UpdateAsync("ops.key", "add www.example. 300 A 192.0.2.1")).OrThrow();
        (await server.UpdateAsync(
            "ops.key", "update delete www.example. A", "add www.example. 300 A 192.0.2.9", "update delete old.example.")).OrThrow();

        ToolResult history = (await server.OursAsync("history", "www.example")).OrThrow();
        Assert.Matches(@"^\S+ \S+Z  serial 3  A 192\.0\.2\.1 -> 192\.0\.2\.9 ttl 300  key ops from 127\.0\.0\.1#\d+ by node \S+ txn ", history.Lines[0]);
        ToolResult diff = (await server.OursAsync("diff", "example", "1")).OrThrow();
        Assert.Contains("+www.example. 300 IN A 192.0.2.9", diff.Lines);
        Assert.DoesNotContain("192.0.2.1\n", diff.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await server.OursAsync("journal", "show", "example", "--json")).OrThrow().Lines.Length);

        ToolResult planned = (await server.OursAsync("rollback", "example", "--to", "1", "--dry-run")).OrThrow();
        Assert.Contains("+old.example. 300 IN A 192.0.2.99", planned.Lines);
        Assert.Equal("3", await server.SerialAsync());
        ToolResult done = (await server.RndcAsync("rollback", "example", "1")).OrThrow();
        Assert.Contains("zone 'example' has the content of serial 1 again, as serial 4", done.Output, StringComparison.Ordinal);

        Assert.Equal("4", await server.SerialAsync());
        ZoneText.AssertSame(before, await server.RecordsAsync());
        ToolResult last = (await server.OursAsync("journal", "show", "example", "--since", "3", "--json")).OrThrow();
        using JsonDocument entry = JsonDocument.Parse(last.Output);
        Assert.Equal(("rollback", "ops"),
            (entry.RootElement.GetProperty("origin").GetString(), entry.RootElement.GetProperty("key").GetString()));
        Assert.StartsWith("127.0.0.1#", entry.RootElement.GetProperty("peer").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_reaches_a_secondary_of_BIND_as_IXFR()
    {
        await using AuditedServer server = await AuditedServer.StartAsync();
        (await server.UpdateAsync("ops.key", "add www.example. 300 A 192.0.2.1", "update delete old.example.")).OrThrow();
        await using ISecondary secondary =
            await Secondary.StartAsync(SecondaryKind.Bind, server.Server.Port, AuditedServer.Key, AuditedServer.Zone);
        await secondary.WaitForZoneAsync(AuditedServer.Zone);

        (await server.RndcAsync("rollback", "example", "1")).OrThrow();
        int seen = server.Server.Process.Lines.Length;
        await Tool.RunAsync("dig", ["@127.0.0.1", "-p", $"{secondary.Port}", "+opcode=notify", "+norec", "example", "SOA"]);
        string sent = await server.Server.Process.WaitForLineAsync(
            line => line.Contains("IXFR ended", StringComparison.Ordinal), "that an IXFR was sent", seen, null);

        Assert.Contains("serial 2 -> 3", sent, StringComparison.Ordinal);
        string[] held = await secondary.HoldsAsync(AuditedServer.Zone);
        Assert.Contains(held, line => line.Contains("192.0.2.99", StringComparison.Ordinal));
        Assert.DoesNotContain(held, line => line.StartsWith("www.example.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Our_command_rolls_a_static_zone_back_and_a_reload_of_the_same_file_leaves_it_so()
    {
        await using AuditedServer server = await AuditedServer.StartAsync();
        string[] before = await server.RecordsAsync("static.example");
        server.Folder.Write("static.db", AuditedServer.ZoneFile.Replace(" 1 3600", " 2 3600", StringComparison.Ordinal) + "www A 192.0.2.1\n");
        await server.Server.ReloadAsync();
        Assert.Equal("2", await server.SerialAsync("static.example"));

        ToolResult done = await server.OursAsync(
            "rollback", "static.example", "--to", "1", "-s", "127.0.0.1", "-p", $"{server.ControlPort}", "-k", server.Folder["ops.key"]);
        Assert.Contains("still has the content that was taken back", done.OrThrow().Output, StringComparison.Ordinal);
        await server.Server.ReloadAsync();

        Assert.Equal("3", await server.SerialAsync("static.example"));
        ZoneText.AssertSame(before, await server.RecordsAsync("static.example"));
    }

    [Fact]
    public async Task Refused_requests_are_listed_with_what_they_wanted_and_the_rule_that_decided()
    {
        await using AuditedServer server = await AuditedServer.StartAsync();
        Assert.NotEqual(0, (await server.UpdateAsync("", "add evil.example. 300 A 192.0.2.66")).ExitCode);
        Assert.NotEqual(0, (await server.UpdateAsync("stranger.key", "add evil.example. 300 A 192.0.2.66")).ExitCode);
        await server.Server.DigAsync("example", "AXFR");

        ToolResult denied = await server.OursAsync("denied");
        while (denied.OrThrow().Lines.Count(line => line[0] != ' ') < 3) // They are written within a second.
            denied = await server.OursAsync("denied");
        string[] lines = denied.Lines;

        string transfer = Assert.Single(lines, line => line.Contains("  transfer example.  ", StringComparison.Ordinal));
        Assert.Matches(@"REFUSED  \(allow-transfer: no rule matched\)$", transfer);
        string stranger = Assert.Single(lines, line => line.Contains("key stranger", StringComparison.Ordinal));
        Assert.Matches(@"BADKEY  \(TSIG: unknown key\)$", stranger);
        string unsigned = Assert.Single(lines, line => line.Contains("update-policy: neither signed nor by TCP", StringComparison.Ordinal));
        Assert.Contains("update example.  from 127.0.0.1#", unsigned, StringComparison.Ordinal);
        Assert.Contains("  +evil.example. 300 IN A 192.0.2.66", lines);
    }

    [Fact]
    public async Task What_the_control_channel_refused_is_listed_with_the_rule_which_also_ends_the_log_line()
    {
        await using AuditedServer server = await AuditedServer.StartAsync();
        await server.RndcAsync("-p", $"{server.ReadOnlyPort}", "reload", "static.example");
        await server.RndcAsync("-p", $"{server.ClosedPort}", "status");
        await Tool.RunAsync("rndc", "-s", "127.0.0.1", "-p", $"{server.ControlPort}", "-k", server.Folder["wrong.key"], "status");

        ToolResult denied = await server.OursAsync("denied");
        while (denied.OrThrow().Lines.Count(line => line[0] != ' ') < 3)
            denied = await server.OursAsync("denied");

        string closedRule = $"(controls 127.0.0.1#{server.ClosedPort} allow: no rule matched)";
        string readOnlyRule = $"(controls 127.0.0.1#{server.ReadOnlyPort}: read-only yes)";
        const string KeyRule = "(keys: signed by none of ops)";
        Assert.Matches(@"  control  from 127\.0\.0\.1#\d+ by node \S+  closed  ", Line(closedRule));
        Assert.Matches(@"  control  from 127\.0\.0\.1#\d+ by node \S+  bad auth  ", Line(KeyRule));
        Assert.Matches(@"  control  from 127\.0\.0\.1#\d+ key ops by node \S+  failure  ", Line(readOnlyRule));
        Assert.Contains("  reload static.example", denied.Lines);
        foreach (string rule in new[] { closedRule, readOnlyRule, KeyRule })
            Assert.Contains(server.Server.Process.Lines, line => line.EndsWith(rule, StringComparison.Ordinal));

        string Line(string rule) => Assert.Single(denied.Lines, line => line.EndsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Journal_is_printed_as_named_journalprint_prints_that_of_BIND()
    {
        string[][] printed = await Task.WhenAll(PrintAsync(ServerKind.ActorDns), PrintAsync(ServerKind.Bind));
        Assert.NotEmpty(printed[1]);
        Assert.Equal(printed[1], printed[0]);
    }

    private static async Task<string[]> PrintAsync(ServerKind kind)
    {
        await using AuditedServer server = await AuditedServer.StartAsync(kind);
        (await server.UpdateAsync("ops.key", "add a-name-that-is-long.example. 60 TXT \"a b\" \"c;d\"")).OrThrow();
        (await server.UpdateAsync("ops.key", "update delete old.example. A", "add old.example. 300 A 192.0.2.9")).OrThrow();
        (await server.UpdateAsync("ops.key", "add example. 86400 CAA 0 issue \"ca.example.net\"")).OrThrow();
        ToolResult print = kind == ServerKind.Bind
            ? await Tool.RunAsync("named-journalprint", [server.Folder["example.db.jnl"]])
            : await server.OursAsync("journal", "show", "-j", "example");
        return print.OrThrow().Lines;
    }
}

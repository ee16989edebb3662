using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Control;

/// <summary>What <c>rndc status</c> and <c>zonestatus</c> tell of work that is under way, and of zones that were not read from a file.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Status_counts_transfers_that_run_and_wait_and_SOA_queries_that_are_not_answered(ServerKind kind)
    {
        await using StallingPrimary primary = new();
        await using ControlledServer server = await ControlledServer.StartAsync(kind, conf =>
        {
            for (int i = 0; i < 3; i++)
                conf.Statement($"zone \"copy{i}.example\" {{ type secondary; primaries {{ 127.0.0.1 port {primary.Port}; }}; }};");
        });
        await server.WaitForStatusAsync("soa queries in progress: 3");
        primary.AnswerNow();
        string[] status = await server.WaitForStatusAsync("xfers deferred: 1");
        Assert.Contains("xfers running: 2", status);
    }

    [Fact]
    public async Task Dynamic_zone_that_came_from_the_store_has_its_file_its_time_and_its_journal()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        Assert.Equal(0, (await server.UpdateAsync("update add one.dyn.example 60 A 192.0.2.1")).ExitCode);
        Assert.Equal(0, (await server.UpdateAsync("update add two.dyn.example 60 A 192.0.2.2")).ExitCode);
        await server.RestartAsync();

        string[] lines = (await server.RndcAsync("zonestatus", "dyn.example")).OrThrow().Lines;
        Assert.Equal("files: dyn.db", lines[2]);
        Assert.StartsWith("last loaded: ", lines[5], StringComparison.Ordinal);
        Assert.Equal(["dynamic: yes", "frozen: no", "reconfigurable via modzone: no", "journal: 3 entries, serials 1 to 3"], lines[7..]);
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Zone_that_a_primary_gave_has_its_times_of_refresh_and_expiry(ServerKind kind)
    {
        await using ControlledServer primary = await ControlledServer.StartAsync(
            ServerKind.ActorDns, conf => conf.Option("allow-transfer { any; };"));
        await using ControlledServer server = await ControlledServer.StartAsync(kind, conf => conf.Statement(
            $"zone \"dyn2.example\" {{ type secondary; file \"dyn2.db\"; primaries {{ 127.0.0.1 port {primary.Server.Port}; }}; }};"));
        (await primary.RndcAsync("addzone", "dyn2.example", "{ type primary; file \"new.db\"; };")).OrThrow();
        (await server.RndcAsync("refresh", "dyn2.example")).OrThrow();
        ToolResult status = await server.RndcAsync("zonestatus", "dyn2.example");
        while (!status.Output.Contains("next refresh", StringComparison.Ordinal)) // It is not there while the primary is asked.
            status = await server.RndcAsync("zonestatus", "dyn2.example");

        string[] names = [.. status.Lines.Select(line => line.Split(':')[0]).TakeWhile(name => name != "journal")];
        Assert.Equal(
            ["name", "type", "files", "serial", "nodes", "last loaded", "next refresh", "expires", "secure", "dynamic", "reconfigurable via modzone"],
            names);
        Assert.Equal("files: dyn2.db", status.Lines[2]);
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Serial_of_a_dynamic_zone_is_set_by_signing_serial(ServerKind kind)
    {
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        Assert.Equal(
            "serial request queued\n", (await server.RndcAsync("signing", "-serial", "2026112201", "dyn.example")).OrThrow().Output);
        await server.WaitForSerialAsync(2026112201);
        Assert.Equal(0, (await server.UpdateAsync("update add one.dyn.example 60 A 192.0.2.1")).ExitCode);
        Assert.Equal("2026112202", await server.SerialAsync());
        foreach ((string command, string error) in new[]
        {
            ("-serial 7 static.example", "not dynamic"), ("-serial x dyn.example", "not a valid number"),
            ("-serial 4294967296 dyn.example", "out of range"), ("-serial 7", "unexpected end of input"),
        })
        {
            ToolResult refused = await server.RndcAsync(["signing", .. command.Split(' ')]);
            Assert.Equal($"rndc: 'signing' failed: {error}\n", refused.Errors);
        }

        (await server.RndcAsync("freeze", "dyn.example")).OrThrow();
        Assert.Equal(
            "rndc: 'signing' failed: already frozen\n", (await server.RndcAsync("signing", "-serial", "2026112301", "dyn.example")).Errors);
    }
}

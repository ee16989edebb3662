using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Control;

public sealed class ControlTests
{
    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Frozen_zone_can_be_edited_by_hand_and_loses_no_update(ServerKind kind)
    {
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        Assert.Equal(0, (await server.UpdateAsync("update add one.dyn.example 60 A 192.0.2.1")).ExitCode);
        (await server.RndcAsync("freeze", "dyn.example")).OrThrow();
        string text = await server.FileWithAsync("dyn.db", "192.0.2.1");
        ToolResult refused = await server.UpdateAsync("update add two.dyn.example 60 A 192.0.2.2");
        Assert.Contains("update failed: REFUSED", refused.Errors, StringComparison.Ordinal);

        server.Folder.Write("dyn.db", SerialOf(text, 2, 10) + "\n$ORIGIN dyn.example.\nhand 60 A 192.0.2.3\n");
        (await server.RndcAsync("thaw", "dyn.example")).OrThrow();
        await server.WaitForSerialAsync(10);
        Assert.Equal(0, (await server.UpdateAsync("update add two.dyn.example 60 A 192.0.2.2")).ExitCode);
        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3"], await server.AddressesAsync("one", "two", "hand"));
        Assert.Equal("11", await server.SerialAsync());
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Zone_that_was_deleted_with_clean_begins_anew_under_the_same_name(ServerKind kind)
    {
        const string Statement = "{ type primary; file \"again.db\"; update-policy { grant upd zonesub ANY; }; };";
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        for (int round = 0; round < 2; round++)
        {
            ControlledServer.WriteZone(server.Folder, "again.db", ControlledServer.ZoneText);
            (await server.RndcAsync("addzone", "again.example", Statement)).OrThrow();
            ToolResult found = (await server.Server.DigAsync("one.again.example", "A", "+short")).OrThrow();
            Assert.Equal("", found.Output);
            Assert.Equal(0, (await server.UpdateAsync("update add one.again.example 60 A 192.0.2.1", "again.example")).ExitCode);
            (await server.RndcAsync("delzone", "-clean", "again.example")).OrThrow();
            while (File.Exists(server.Folder["again.db"])) // BIND deletes it after its answer.
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Clean_takes_away_what_says_of_which_version_a_file_is()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        string state = server.Folder["dyn.db.state"];
        Assert.Equal(0, (await server.UpdateAsync("update add one.dyn.example 60 A 192.0.2.1")).ExitCode);
        (await server.RndcAsync("sync", "dyn.example")).OrThrow();
        Assert.True(File.Exists(state));
        (await server.RndcAsync("sync", "-clean", "dyn.example")).OrThrow();
        Assert.False(File.Exists(state));
        Assert.True(File.Exists(server.Folder["dyn.db"]));

        ControlledServer.WriteZone(server.Folder, "more.db", ControlledServer.ZoneText);
        (await server.RndcAsync(
            "addzone", "more.example", "{ type primary; file \"more.db\"; update-policy { grant upd zonesub ANY; }; };")).OrThrow();
        Assert.Equal(0, (await server.UpdateAsync("update add one.more.example 60 A 192.0.2.1", "more.example")).ExitCode);
        (await server.RndcAsync("sync", "more.example")).OrThrow();
        Assert.True(File.Exists(server.Folder["more.db.state"]));
        (await server.RndcAsync("delzone", "-clean", "more.example")).OrThrow();
        Assert.False(File.Exists(server.Folder["more.db.state"]));
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Stop_writes_what_was_updated_to_the_file(ServerKind kind)
    {
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        Assert.Equal(0, (await server.UpdateAsync("update add one.dyn.example 60 A 192.0.2.1")).ExitCode);
        (await server.RndcAsync("stop")).OrThrow();
        await server.Server.Process.WaitForExitAsync();
        string text = await File.ReadAllTextAsync(server.Folder["dyn.db"], TestContext.Current.CancellationToken);
        Assert.Contains("192.0.2.1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Our_client_controls_ours_and_BIND_with_the_words_of_rndc(ServerKind kind)
    {
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        foreach (string command in new[] { "showzone static.example", "reload nosuch.example", "frobnicate", "showzone dyn.example", "testgen 40" })
        {
            ToolResult rndc = await server.RndcAsync(command.Split(' '));
            ToolResult ours = await server.OursAsync(command.Split(' '));
            Assert.Equal(rndc.Output, ours.Output);
            Assert.Equal(rndc.Errors.Replace("rndc:", "control:", StringComparison.Ordinal), ours.Errors);
            Assert.Equal(rndc.ExitCode, ours.ExitCode);
        }
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Wrong_key_is_refused_and_logged_and_closes_the_connection(ServerKind kind)
    {
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        ToolResult refused = await server.RndcAsync("wrong", ["status"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("connection to remote host closed", refused.Errors, StringComparison.Ordinal);
        string line = await server.Server.Process.WaitForLineAsync("invalid command from 127.0.0.1#");
        string rule = kind == ServerKind.Bind ? "" : " (keys: signed by none of k256, kmd5)";
        Assert.EndsWith($": bad auth{rule}", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Two_keys_of_different_algorithms_both_work(ServerKind kind)
    {
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        Assert.Equal("abcde\n", (await server.RndcAsync("k256", ["testgen", "5"])).OrThrow().Output);
        Assert.Equal("abcde\n", (await server.RndcAsync("kmd5", ["testgen", "5"])).OrThrow().Output);
    }

    [Theory]
    [InlineData(ServerKind.ActorDns)]
    [InlineData(ServerKind.Bind)]
    public async Task Read_only_channel_shows_and_changes_nothing(ServerKind kind)
    {
        await using ControlledServer server = await ControlledServer.StartAsync(kind);
        string port = server.ReadOnlyPort.ToString(CultureInfo.InvariantCulture);
        foreach (string command in new[] { "status", "zonestatus static.example", "showzone static.example", "testgen 3", "null" })
            (await server.RndcAsync(["-p", port, .. command.Split(' ')])).OrThrow();
        foreach (string command in new[] { "reload", "stop", "querylog on", "tsig-list", "delzone static.example", "sync" })
        {
            ToolResult refused = await server.RndcAsync(["-p", port, .. command.Split(' ')]);
            Assert.Equal($"rndc: '{command.Split(' ')[0]}' failed: failure\n", refused.Errors);
        }
    }

    [Fact]
    public async Task Channels_are_announced_and_their_end_too_and_stop_ends_the_server()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        Assert.Contains($"command channel listening on 127.0.0.1#{server.ControlPort}", server.Log);
        Assert.Equal($"pid: {server.Server.Process.Id}\n", (await server.OursAsync("--", "stop", "-p")).OrThrow().Output);
        Assert.Equal(0, await server.Server.Process.WaitForExitAsync());
        Assert.Contains($"stopping command channel on 127.0.0.1#{server.ControlPort}", server.Log);
    }

    [Fact]
    public async Task Zone_reload_serves_the_changed_file_and_leaves_the_other_zones()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        server.ChangeStaticZone(7);
        File.Delete(server.Folder["dyn.db"]);
        Assert.Equal("zone reload successful\n", (await server.RndcAsync("reload", "static.example")).OrThrow().Output);
        Assert.Contains(" 7 ", (await server.Server.DigAsync("static.example", "SOA", "+short")).Output, StringComparison.Ordinal);
        Assert.Contains(" 1 ", (await server.Server.DigAsync("dyn.example", "SOA", "+short")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconfig_loads_new_zones_and_leaves_the_files_of_loaded_ones_alone()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        server.ChangeStaticZone(7);
        File.AppendAllText(server.Server.ConfFile, "zone \"late.example\" { type primary; file \"new.db\"; };\n");
        (await server.RndcAsync("reconfig")).OrThrow();
        Assert.Contains(" 1 ", (await server.Server.DigAsync("static.example", "SOA", "+short")).Output, StringComparison.Ordinal);
        Assert.Contains(" 1 ", (await server.Server.DigAsync("late.example", "SOA", "+short")).Output, StringComparison.Ordinal);
        (await server.RndcAsync("reload")).OrThrow();
        Assert.Contains(" 7 ", (await server.Server.DigAsync("static.example", "SOA", "+short")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_configuration_fails_the_reload_with_its_place_and_everything_is_served_on()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        string good = File.ReadAllText(server.Server.ConfFile);
        File.WriteAllText(server.Server.ConfFile, good + "nonsense;\n");
        ToolResult failed = await server.RndcAsync("reload");
        Assert.StartsWith("rndc: 'reload' failed: failure\n" + server.Server.ConfFile, failed.Errors, StringComparison.Ordinal);
        Assert.Contains("reload/reconfig failed\n", (await server.RndcAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains(" 1 ", (await server.Server.DigAsync("static.example", "SOA", "+short")).Output, StringComparison.Ordinal);
        (await server.RndcAsync("addzone", "added.example", "{ type primary; file \"new.db\"; };")).OrThrow();
        File.WriteAllText(server.Server.ConfFile, good);
        (await server.RndcAsync("reload")).OrThrow();
        Assert.DoesNotContain("reload/reconfig", (await server.RndcAsync("status")).Output, StringComparison.Ordinal);
        Assert.Contains(" 1 ", (await server.Server.DigAsync("added.example", "SOA", "+short")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Added_zone_is_there_after_a_reload_and_a_restart_as_it_was_changed_until_it_is_deleted()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        (await server.RndcAsync("addzone", "added.example", "{ type primary; file \"new.db\"; };")).OrThrow();
        Assert.True(await server.ServesAsync("added.example"));
        (await server.RndcAsync("reload")).OrThrow();
        Assert.True(await server.ServesAsync("added.example"));
        (await server.RndcAsync("modzone", "added.example", "{ type primary; file \"new.db\"; allow-query { localhost; }; };")).OrThrow();
        await server.RestartAsync();
        Assert.True(await server.ServesAsync("added.example"));
        Assert.Contains("allow-query", (await server.RndcAsync("showzone", "added.example")).OrThrow().Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(server.Folder.FullPath, "*.nzf"));
        (await server.RndcAsync("delzone", "added.example")).OrThrow();
        Assert.False(await server.ServesAsync("added.example"));
        await server.RestartAsync();
        Assert.False(await server.ServesAsync("added.example"));
    }

    [Fact]
    public async Task Query_logging_is_switched_on_and_off_and_a_reload_leaves_it()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        (await server.RndcAsync("querylog", "on")).OrThrow();
        (await server.RndcAsync("reload")).OrThrow();
        await server.Server.DigAsync("one.static.example", "A");
        await server.Server.Process.WaitForLineAsync("query: one.static.example IN A");
        (await server.RndcAsync("querylog", "off")).OrThrow();
        await server.Server.DigAsync("two.static.example", "A");
        (await server.RndcAsync("querylog", "on")).OrThrow();
        await server.Server.DigAsync("three.static.example", "A");
        await server.Server.Process.WaitForLineAsync("query: three.static.example IN A");
        Assert.DoesNotContain(server.Log, line => line.Contains("two.static.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Statistics_and_dump_are_written_where_the_configuration_says_or_BIND_would()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns);
        await server.Server.DigAsync("www.static.example", "A");
        await server.Server.DigAsync("none.static.example", "A");
        (await server.RndcAsync("stats")).OrThrow();
        string[] lines = await File.ReadAllLinesAsync(server.Folder["named.stats"], TestContext.Current.CancellationToken);
        Assert.Equal($"{2,20} QUERY", lines[2]);
        Assert.Contains($"{1,20} NOERROR", lines);
        Assert.Contains($"{1,20} NXDOMAIN", lines);
        (await server.RndcAsync("dumpdb", "-zones")).OrThrow();
        string dump = await File.ReadAllTextAsync(server.Folder["named_dump.db"], TestContext.Current.CancellationToken);
        Assert.Contains("; Zone dump of 'static.example/IN'\n", dump, StringComparison.Ordinal);
        Assert.Contains("www.static.example.", dump, StringComparison.Ordinal);
        Assert.EndsWith("; Dump complete\n", dump, StringComparison.Ordinal);
    }

    /// <summary>The text of a zone with another serial: the only number that stands by itself like this.</summary>
    private static string SerialOf(string text, int before, int after) => global::System.Text.RegularExpressions.Regex.Replace(
        text, $@"(?<=[\s(]){before}(?=\s)", after.ToString(CultureInfo.InvariantCulture));
}

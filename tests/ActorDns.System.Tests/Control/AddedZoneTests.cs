using System.Text.Json;
using ActorDns.System.Tests.Cluster;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Updates;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Control;

/// <summary>Where zones that rndc has added live: in the store, whatever happens to it.</summary>
public sealed class AddedZoneTests
{
    private const string Zone = "{ type primary; file \"new.db\"; };";

    [Fact]
    public async Task Zones_in_the_file_of_BIND_are_taken_into_the_store_once_and_do_not_come_back_when_deleted()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns, prepare: folder => folder.Write(
            "_default.nzf", $"zone \"one.example\" {Zone}\nzone \"two.example\" {Zone}\n"));
        Assert.True(await server.ServesAsync("one.example"));
        string line = await server.Server.Process.WaitForLineAsync("zones added by rndc were taken from");
        Assert.Contains($"2 zones added by rndc were taken from {server.Folder["_default.nzf"]}", line, StringComparison.Ordinal);
        Assert.Equal([server.Folder["_default.nzf.imported"]], Directory.GetFiles(server.Folder.FullPath, "*.nzf*"));

        (await server.RndcAsync("delzone", "one.example")).OrThrow();
        await server.RestartAsync();
        Assert.False(await server.ServesAsync("one.example"));
        Assert.True(await server.ServesAsync("two.example"));
        Assert.DoesNotContain(server.Log, found => found.Contains("were taken from", StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_of_BIND_that_is_not_understood_is_named_and_stays()
    {
        await using ControlledServer server = await ControlledServer.StartAsync(
            ServerKind.ActorDns, prepare: static folder => folder.Write("_default.nzf", "zone \"a\" {\n junk\n"));
        Assert.True(await server.ServesAsync("static.example"));
        string line = await server.Server.Process.WaitForLineAsync("are not taken into the store");
        Assert.Contains(server.Folder["_default.nzf"] + ":", line, StringComparison.Ordinal);
        Assert.True(File.Exists(server.Folder["_default.nzf"]));
    }

    [Fact]
    public async Task Store_that_is_away_at_the_start_leaves_added_zones_out_until_it_is_back()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        string connection = await database.CreateDatabaseAsync();
        await using ControlledServer server = await ControlledServer.StartAsync(
            ServerKind.ActorDns, prepare: folder => StoreFile.WritePostgreSql(folder, connection));
        (await server.RndcAsync("addzone", "added.example", Zone)).OrThrow();

        await database.StopAsync();
        await server.RestartAsync();
        Assert.False(await server.ServesAsync("added.example"));
        Assert.True(await server.ServesAsync("static.example"));
        Assert.Contains(server.Log, static line => line.StartsWith("zones added at run time cannot be read", StringComparison.Ordinal));
        ToolResult refused = await server.RndcAsync("addzone", "late.example", Zone);
        Assert.StartsWith("rndc: 'addzone' failed: failure\n", refused.Errors, StringComparison.Ordinal);
        Assert.False(await server.ServesAsync("late.example"));

        await database.StartAgainAsync();
        await server.Server.Process.WaitForLineAsync("zones added at run time can be read again: 1 are served");
        Assert.True(await server.ServesAsync("added.example"));
    }

    [Fact]
    public async Task Zone_that_is_added_changed_or_deleted_at_one_node_is_so_at_the_other()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        string connection = await database.CreateDatabaseAsync();
        await using ControlledServer first = await StartNodeAsync("node1");
        await using ControlledServer second = await StartNodeAsync("node2");

        (await first.RndcAsync("addzone", "added.example", Zone)).OrThrow();
        await ClusterNodes.WaitForAsync(() => second.ServesAsync("added.example"), "the zone at the other node");
        (await second.RndcAsync("modzone", "added.example", "{ type primary; file \"new.db\"; allow-query { localhost; }; };")).OrThrow();
        await ClusterNodes.WaitForAsync(
            async () => (await first.RndcAsync("showzone", "added.example")).Output.Contains("allow-query", StringComparison.Ordinal),
            "the change at the first node");
        (await first.RndcAsync("delzone", "added.example")).OrThrow();
        await ClusterNodes.WaitForAsync(async () => !await second.ServesAsync("added.example"), "the end of the zone at the other node");

        Task<ControlledServer> StartNodeAsync(string name) => ControlledServer.StartAsync(
            ServerKind.ActorDns, prepare: folder => folder.Write("actordns.json", JsonSerializer.Serialize(
                new { Node = name, Store = new { ConnectionString = connection } })));
    }

    [Fact]
    public async Task Added_zone_that_named_conf_no_longer_fits_is_left_out_and_named_and_the_others_are_served()
    {
        const string List = "acl trusted { 127.0.0.1; };";
        await using ControlledServer server = await ControlledServer.StartAsync(ServerKind.ActorDns, conf => conf.Statement(List));
        (await server.RndcAsync("addzone", "closed.example", "{ type primary; file \"new.db\"; allow-query { trusted; }; };")).OrThrow();
        (await server.RndcAsync("addzone", "open.example", Zone)).OrThrow();
        File.WriteAllText(
            server.Server.ConfFile, File.ReadAllText(server.Server.ConfFile).Replace(List, "", StringComparison.Ordinal));
        (await server.RndcAsync("reload")).OrThrow();

        Assert.False(await server.ServesAsync("closed.example"));
        Assert.True(await server.ServesAsync("open.example"));
        await server.Server.Process.WaitForLineAsync("zone 'closed.example', which was added at run time, is left out: ");
    }
}

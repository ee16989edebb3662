using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ActorDns.Testing.Processes;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>The pages about health, of a whole node.</summary>
public sealed class HttpPagesTests
{
    private const string BrokenZone = "zone \"broken.test\" { type primary; file \"none.db\"; };";
    private const string SecondaryZone = "zone \"away.test\" { type secondary; primaries { 127.0.0.1 port 9; }; file \"away.db\"; };";

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Node_is_live_and_ready_and_names_the_zone_that_cannot_be_loaded()
    {
        await using ServedNode node = await ServedNode.StartAsync(zones: BrokenZone);
        Assert.Equal(HttpStatusCode.OK, (await node.GetJsonAsync("/livez")).Status);
        (HttpStatusCode status, JsonElement body) = await node.GetJsonAsync("/readyz");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(body.GetProperty("ready").GetBoolean());
        JsonElement zones = body.GetProperty("zones");
        Assert.Equal(1, zones.GetProperty("served").GetInt32());
        JsonElement broken = Assert.Single(zones.GetProperty("first").EnumerateArray());
        Assert.Equal("broken.test", broken.GetProperty("zone").GetString());
        Assert.Contains("file not found", broken.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secondary_that_was_never_transferred_keeps_the_node_from_serving_but_not_from_writing()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        await using ServedNode node = await ServedNode.StartAsync(zones: SecondaryZone);
        (HttpStatusCode serve, JsonElement body) = await node.GetJsonAsync("/readyz/serve");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, serve);
        JsonElement missing = Assert.Single(body.GetProperty("parts").GetProperty("serve").GetProperty("missing").EnumerateArray());
        Assert.Equal("transfers", missing.GetProperty("what").GetString());
        Assert.InRange(missing.GetProperty("since").GetDateTimeOffset(), before, DateTimeOffset.UtcNow);
        Assert.Equal(HttpStatusCode.OK, (await node.GetJsonAsync("/readyz/write")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await node.GetJsonAsync("/readyz")).Status);
        MetricsPage metrics = await node.GetMetricsAsync();
        Assert.Equal(0, metrics["actordns_ready{part=\"serve\"}"]);
        Assert.Equal(1, metrics["actordns_ready{part=\"write\"}"]);
        Assert.Equal(1, metrics["actordns_zones{state=\"awaiting_transfer\",type=\"secondary\"}"]);
    }

    [Fact]
    public async Task Journal_of_another_process_keeps_the_node_from_writing_but_not_from_serving()
    {
        await using ServedNode node = ServedNode.Make();
        await using (FileStream theirs = new(node.PathOf("actordns.db.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.True(await node.Node.StartAsync(TestEnd));
        Assert.Equal(HttpStatusCode.OK, (await node.GetJsonAsync("/readyz/serve")).Status);
        (HttpStatusCode write, JsonElement body) = await node.GetJsonAsync("/readyz/write");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, write);
        JsonElement missing = Assert.Single(body.GetProperty("parts").GetProperty("write").GetProperty("missing").EnumerateArray());
        Assert.Equal("store", missing.GetProperty("what").GetString());
    }

    [Fact]
    public async Task Nothing_listens_when_nothing_is_configured()
    {
        await using ServedNode node = await ServedNode.StartAsync(http: "");
        Assert.Empty(node.Node.HttpAddresses);
    }

    [Fact]
    public async Task Port_that_is_taken_is_an_error_that_names_it_and_the_node_does_not_start()
    {
        using TcpListener other = Occupy(out string taken);
        await using ServedNode node = ServedNode.Make(taken);
        Assert.False(await node.Node.StartAsync(TestEnd));
        Assert.Contains(node.Lines.All, line =>
            line.StartsWith($"Error: health and metrics: cannot listen on {taken}: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_to_a_port_that_is_taken_keeps_the_old_listener()
    {
        await using ServedNode node = await ServedNode.StartAsync();
        string before = Assert.Single(node.Node.HttpAddresses);
        using TcpListener other = Occupy(out string taken);
        node.Write(taken);
        await node.Node.ReloadAsync(TestEnd);
        Assert.Contains(node.Lines.All, line => line.Contains($"cannot listen on {taken}", StringComparison.Ordinal));
        Assert.Equal(before, Assert.Single(node.Node.HttpAddresses));
        Assert.Equal(HttpStatusCode.OK, (await node.GetJsonAsync("/readyz")).Status);
    }

    [Fact]
    public async Task Reload_moves_the_listener_and_closes_it_when_it_is_gone_from_the_settings()
    {
        await using ServedNode node = await ServedNode.StartAsync();
        string before = Assert.Single(node.Node.HttpAddresses);
        string next = $"127.0.0.1:{FreePorts.Take()}";
        node.Write(next);
        await node.Node.ReloadAsync(TestEnd);
        Assert.Equal($"http://{next}", Assert.Single(node.Node.HttpAddresses));
        Assert.Equal(HttpStatusCode.OK, (await node.GetJsonAsync("/readyz")).Status);
        Assert.Contains("actordns_ready{part=\"serve\"}", (await node.GetMetricsAsync()).Samples.Keys);
        await AssertRefusedAsync(new Uri(before));

        node.Write("");
        await node.Node.ReloadAsync(TestEnd);
        Assert.Empty(node.Node.HttpAddresses);
        await AssertRefusedAsync(new Uri($"http://{next}"));
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    public async Task Pages_are_read_only(string page)
    {
        await using ServedNode node = await ServedNode.StartAsync();
        using HttpResponseMessage post = await node.GetAsync(page, HttpMethod.Post);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        using HttpResponseMessage head = await node.GetAsync(page, HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestEnd));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/readyz/other", HttpStatusCode.NotFound)]
    [InlineData("/metrics/", HttpStatusCode.NotFound)]
    [InlineData("/..%2f..%2fetc/passwd", HttpStatusCode.NotFound)]
    public async Task Pages_that_are_not_there_are_not_found(string page, HttpStatusCode expected)
    {
        await using ServedNode node = await ServedNode.StartAsync();
        using HttpResponseMessage response = await node.GetAsync(page);
        Assert.Equal(expected, response.StatusCode);
    }

    private static TcpListener Occupy(out string endpoint)
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        endpoint = listener.LocalEndpoint.ToString()!;
        return listener;
    }

    private static async Task AssertRefusedAsync(Uri url)
    {
        using TcpClient client = new();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(url.Host, url.Port, TestEnd).AsTask());
    }
}

using System.Net;
using System.Text;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>Metrics on their way to a collector.</summary>
public sealed class OtlpTests
{
    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collector_gets_the_metrics_that_the_page_shows_at_the_end_of_the_node_at_the_latest()
    {
        int port = ActorDns.Testing.Processes.FreePorts.Take();
        using HttpListener collector = new();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        Task<(string Path, string? Type, string Body)> received = ReceiveAsync(collector);
        string settings = $$""", "Node": "node-7", "Otlp": { "Endpoint": "http://127.0.0.1:{{port}}", "Protocol": "http/protobuf" }""";
        await using (ServedNode node = await ServedNode.StartAsync(http: "", settings: settings))
            Assert.Empty(node.Node.HttpAddresses);

        (string path, string? type, string body) = await received.WaitAsync(TimeSpan.FromSeconds(30), TestEnd);
        Assert.Equal("/v1/metrics", path);
        Assert.Equal("application/x-protobuf", type);
        Assert.Contains("actordns.queries", body, StringComparison.Ordinal);
        Assert.Contains("actordns.actor.restarts", body, StringComparison.Ordinal);
        Assert.Contains("node-7", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_that_is_not_there_holds_nothing_up()
    {
        string settings = $$""", "Otlp": { "Endpoint": "http://127.0.0.1:{{ActorDns.Testing.Processes.FreePorts.Take()}}" }""";
        await using ServedNode node = await ServedNode.StartAsync(settings: settings);
        Assert.Equal(HttpStatusCode.OK, (await node.GetJsonAsync("/readyz")).Status);
        await node.Node.StopAsync(TimeSpan.Zero);
        Assert.EndsWith("exiting", node.Lines.All[^1], StringComparison.Ordinal);
    }

    private static async Task<(string Path, string? Type, string Body)> ReceiveAsync(HttpListener collector)
    {
        HttpListenerContext context = await collector.GetContextAsync();
        using MemoryStream body = new();
        await context.Request.InputStream.CopyToAsync(body, TestEnd);
        context.Response.Close();
        return (context.Request.Url!.AbsolutePath, context.Request.ContentType, Encoding.Latin1.GetString(body.ToArray()));
    }
}

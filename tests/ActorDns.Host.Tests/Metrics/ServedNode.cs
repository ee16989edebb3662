using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ActorDns.Host.Wiring;
using ActorDns.Testing.Processes;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>A whole node in this process, with a zone or two, and a client for its pages.</summary>
internal sealed class ServedNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    private ServedNode()
    {
        DnsPort = FreePorts.Take();
        foreach (string file in (string[])["example.db", "other.db"])
            _folder.Write(file, "$TTL 300\n@ SOA ns1 h 7 2h 15m 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\n");
        Node = new ServerNode(
            new ServerNodeOptions { ConfigurationFile = _folder.File("named.conf"), Threads = 1 }, Lines, TimeProvider.System);
    }

    public ServerNode Node { get; }

    public LogLines Lines { get; } = new();

    public int DnsPort { get; }

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    /// <summary>A node that is made and not started. A port of 0 is one that the system chooses.</summary>
    public static ServedNode Make(string http = "127.0.0.1:0", string settings = "", string zones = "")
    {
        ServedNode node = new();
        node.Write(http, settings, zones);
        return node;
    }

    /// <summary>A node that has started.</summary>
    public static async Task<ServedNode> StartAsync(string http = "127.0.0.1:0", string settings = "", string zones = "")
    {
        ServedNode node = Make(http, settings, zones);
        Assert.True(await node.Node.StartAsync(TestEnd), string.Join('\n', node.Lines.All));
        return node;
    }

    /// <summary>Writes configuration and settings anew.</summary>
    public void Write(string http = "127.0.0.1:0", string settings = "", string zones = "")
    {
        _folder.Write("named.conf", $$"""
            options { directory "{{_folder.Root}}"; listen-on port {{DnsPort}} { 127.0.0.1; }; listen-on-v6 { none; };
                session-keyfile none; pid-file none; notify no; };
            controls { };
            zone "example.test" { type primary; file "example.db"; allow-update { 127.0.0.1; }; };
            {{zones}}
            """);
        _folder.Write("actordns.json", $$"""{ "Http": [{{(http.Length == 0 ? "" : $"\"{http}\"")}}]{{settings}} }""");
    }

    /// <summary>Changes something in the node's folder.</summary>
    public string PathOf(string name) => _folder.File(name);

    public Task<HttpResponseMessage> GetAsync(string path, HttpMethod? method = null) =>
        _client.SendAsync(new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(new Uri(Node.HttpAddresses[0]), path)), TestEnd);

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetJsonAsync(string path)
    {
        using HttpResponseMessage response = await GetAsync(path);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestEnd)).RootElement);
    }

    /// <summary>The page of metrics.</summary>
    public async Task<MetricsPage> GetMetricsAsync()
    {
        using HttpResponseMessage response = await GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        return new MetricsPage(await response.Content.ReadAsStringAsync(TestEnd));
    }

    /// <summary>Sends a message by UDP and waits for the reply.</summary>
    public async Task<byte[]> AskAsync(byte[] message)
    {
        using UdpClient client = new();
        client.Connect(IPAddress.Loopback, DnsPort);
        await client.SendAsync(message, TestEnd);
        return (await client.ReceiveAsync(TestEnd)).Buffer;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Node.DisposeAsync();
        _folder.Dispose();
    }
}

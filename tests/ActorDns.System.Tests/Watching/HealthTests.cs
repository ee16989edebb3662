using System.Net;
using System.Text.Json;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Lifecycle;
using ActorDns.Testing.Databases;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Watching;

/// <summary>What those see who watch a running server from outside.</summary>
public sealed class HealthTests : IDisposable
{
    private const string Zone = "watched.test";
    private const string BigZone = "big.test";
    private const int Names = 2_500;
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "actordns.dll");
    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new();
    private readonly int _port = FreePorts.Take();

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    private string Url => $"http://127.0.0.1:{_port}";

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Promtool_has_nothing_to_say_about_the_metrics_of_a_server_that_has_been_used()
    {
        await using ServerUnderTest server = await StartAsync();
        await server.DigAsync(Zone, "SOA");
        await server.DigAsync(Zone, "AXFR");
        await Tool.RunAsync(
            "nsupdate", [], $"server 127.0.0.1 {server.Port}\nzone {Zone}\nupdate add a.{Zone} 60 A 192.0.2.1\nsend\n");
        string page = await _client.GetStringAsync(new Uri(Url + "/metrics"), TestEnd);
        Assert.Contains("actordns_transfers_out_total{kind=\"AXFR\",outcome=\"done\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("actordns_updates_total{rcode=\"NOERROR\",transport=\"udp\"} 1\n", page, StringComparison.Ordinal);

        ToolResult lint = await Tool.RunAsync("promtool", ["check", "metrics"], page);
        Assert.Equal(("", "", 0), (lint.Output, lint.Errors, lint.ExitCode));
    }

    [Fact]
    public async Task Promtool_understands_every_query_of_the_dashboard_and_of_the_how_to()
    {
        string docs = Path.Combine(Repository(), "docs");
        string text = await File.ReadAllTextAsync(Path.Combine(docs, "grafana", "actordns.json"), TestEnd);
        JsonElement dashboard = JsonDocument.Parse(text).RootElement;
        IEnumerable<string> queries = dashboard.GetProperty("panels").EnumerateArray()
            .SelectMany(static panel => panel.TryGetProperty("targets", out JsonElement targets) ? targets.EnumerateArray() : [])
            .Select(static target => target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "5m", StringComparison.Ordinal))
            .Concat(File.ReadLines(Path.Combine(docs, "how-to", "watch-it.md"))
                .Where(static line => line.StartsWith("actordns_", StringComparison.Ordinal)
                    || line.Contains("(actordns_", StringComparison.Ordinal)));
        string[] all = [.. queries];
        string rules = _folder.Write("rules.yml", "groups:\n- name: all\n  rules:\n"
            + string.Concat(all.Select(static (query, i) => $"  - record: rule:{i}\n    expr: {JsonSerializer.Serialize(query)}\n")));
        ToolResult check = await Tool.RunAsync("promtool", "check", "rules", rules);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        Assert.Contains($"{all.Length} rules found", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_command_says_by_its_exit_code_whether_the_server_is_ready()
    {
        ToolResult before = await HealthAsync();
        Assert.Equal(1, before.ExitCode);
        Assert.Contains(Url, before.Errors, StringComparison.Ordinal);

        await using ServerUnderTest server = await StartAsync("zone \"broken.test\" { type primary; file \"none\"; };");
        ToolResult ready = await HealthAsync();
        Assert.Equal(0, ready.ExitCode);
        Assert.Contains("serve: ready\nwrite: ready\n", ready.Output, StringComparison.Ordinal);
        Assert.Contains("broken.test (view _default): ", ready.Output, StringComparison.Ordinal);
        ToolResult json = await HealthAsync("--part", "write", "--json");
        Assert.Equal(0, json.ExitCode);
        Assert.True(JsonDocument.Parse(json.Output).RootElement.GetProperty("parts").GetProperty("write").GetProperty("ready").GetBoolean());

        ToolResult elsewhere = await Tool.RunAsync("dotnet", Program, "health", "-c", "/nowhere/named.conf");
        Assert.Equal(2, elsewhere.ExitCode);
    }

    [Fact]
    public async Task Readiness_ends_with_the_signal_while_queries_are_answered_until_the_last_transfer_has_ended()
    {
        await using ServerUnderTest server = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/readyz")).Status);
        using HeldRelay relay = new(server.EndPoint, 100_000);
        Task<ToolResult> transfer = Tool.RunAsync(
            "dig", "@127.0.0.1", "-p", $"{relay.Port}", BigZone, "AXFR", "+noall", "+answer", "+time=60", "+tries=1");
        await relay.Held;

        server.Process.Terminate();
        await server.Process.WaitForLineAsync("shutting down");
        foreach (string part in (string[])["serve", "write"])
        {
            (HttpStatusCode status, JsonElement body) = await GetAsync("/readyz/" + part);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            JsonElement missing = Assert.Single(body.GetProperty("parts").GetProperty(part).GetProperty("missing").EnumerateArray());
            Assert.Equal("drain", missing.GetProperty("what").GetString());
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/livez")).Status);
        ToolResult answer = await server.DigAsync(Zone, "SOA", "+short");
        Assert.StartsWith("ns1.", answer.Output, StringComparison.Ordinal);

        relay.Release();
        Assert.Equal(Names, (await transfer).Output.Split('\n').Count(static line => line.Contains("\tTXT\t", StringComparison.Ordinal)));
        Assert.Equal(0, await server.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task Node_whose_database_is_away_serves_and_does_not_write_until_it_is_back()
    {
        await using PostgreSqlServer database = await PostgreSqlServer.StartAsync();
        string connection = await database.CreateDatabaseAsync();
        string settings = $", \"Store\": {{ \"ConnectionString\": \"{connection}\" }}";
        await using ServerUnderTest server = await StartAsync(settings: settings);
        await UntilAsync("/readyz", HttpStatusCode.OK);
        string page = await _client.GetStringAsync(new Uri(Url + "/metrics"), TestEnd);
        Assert.Contains("\nactordns_cluster_nodes{} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nactordns_cluster_reachable{} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("\nactordns_cluster_behind{} 0\n", page, StringComparison.Ordinal);
        Assert.Contains("\nactordns_cluster_leases{} ", page, StringComparison.Ordinal);
        ToolResult lint = await Tool.RunAsync("promtool", ["check", "metrics"], page);
        Assert.Equal(("", "", 0), (lint.Output, lint.Errors, lint.ExitCode));

        await database.StopAsync("immediate");
        await UntilMissingAsync("write", "cluster"); // "store" may come first: each notices by itself.
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/readyz/serve")).Status);
        Assert.StartsWith("ns1.", (await server.DigAsync(Zone, "SOA", "+short")).Output, StringComparison.Ordinal);

        await database.StartAgainAsync();
        await UntilAsync("/readyz", HttpStatusCode.OK);
    }

    private async Task UntilMissingAsync(string part, string what)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(100));
        while (!(await UntilAsync("/readyz/" + part, HttpStatusCode.ServiceUnavailable))
            .GetProperty("parts").GetProperty(part).GetProperty("missing").EnumerateArray()
            .Any(missing => missing.GetProperty("what").GetString() == what))
        {
            await pace.WaitForNextTickAsync(late.Token);
        }
    }

    private async Task<JsonElement> UntilAsync(string path, HttpStatusCode status)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(60));
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            (HttpStatusCode now, JsonElement body) = await GetAsync(path);
            if (now == status)
                return body;
            await pace.WaitForNextTickAsync(late.Token);
        }
    }

    private async Task<ServerUnderTest> StartAsync(string more = "", string settings = "")
    {
        string text = string.Join(' ', Enumerable.Repeat('"' + new string('x', 249) + '"', 16));
        const string Head = "$TTL 300\n@ IN SOA ns1 hostmaster 1 3600 600 604800 60\n@ IN NS ns1\nns1 IN A 127.0.0.1\n";
        _folder.Write(Zone, Head);
        _folder.Write(BigZone, Head + string.Concat(Enumerable.Range(0, Names).Select(i => $"t{i} IN TXT {text}\n")));
        _folder.Write("actordns.json", $$"""{ "Http": ["127.0.0.1:{{_port}}"]{{settings}} }""");
        NamedConf conf = new NamedConf()
            .Option("allow-transfer { any; };")
            .Primary(Zone, Zone, "allow-update { 127.0.0.1; };")
            .Primary(BigZone, BigZone)
            .Statement(more);
        return await ServerUnderTest.StartAsync(_folder, conf, ServerKind.ActorDns);
    }

    private static string Repository()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "ActorDns.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }

    private Task<ToolResult> HealthAsync(params string[] more) =>
        Tool.RunAsync("dotnet", [Program, "health", "--url", Url, .. more]);

    private async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri(Url + path), TestEnd);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestEnd)).RootElement);
    }
}

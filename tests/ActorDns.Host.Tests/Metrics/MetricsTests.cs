using ActorDns.Protocol.Registries;

namespace ActorDns.Host.Tests.Metrics;

/// <summary>What the page of metrics says after what was done.</summary>
public sealed class MetricsTests
{
    private const string OtherZone = "zone \"other.test\" { type primary; file \"other.db\"; };";
    private const string BrokenZone = "zone \"broken.test\" { type primary; file \"none.db\"; };";

    private const string WithSerials = ", \"Metrics\": { \"ZoneSerials\": true }";

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queries_are_counted_by_transport_type_and_rcode()
    {
        await using ServedNode node = await ServedNode.StartAsync();
        MetricsPage before = await node.GetMetricsAsync();
        Assert.Equal(0, before["actordns_queries_total{transport=\"udp\",type=\"A\"}"]);
        await node.AskAsync(Packets.Query("ns1.example.test.", RecordType.A));
        await node.AskAsync(Packets.Query("nobody.example.test.", RecordType.Txt));
        await node.AskAsync(Packets.Query("elsewhere.test.", new RecordType(65_280)));
        await node.AskAsync(Packets.Query("elsewhere.test.", new RecordType(65_281)));

        MetricsPage after = await node.GetMetricsAsync();
        Assert.Equal(4, after["actordns_requests_total{opcode=\"QUERY\",transport=\"udp\"}"]);
        Assert.Equal(0, after["actordns_requests_total{opcode=\"QUERY\",transport=\"tcp\"}"]);
        Assert.Equal(1, after["actordns_queries_total{transport=\"udp\",type=\"A\"}"]);
        Assert.Equal(1, after["actordns_queries_total{transport=\"udp\",type=\"TXT\"}"]);
        Assert.Equal(2, after["actordns_queries_total{transport=\"udp\",type=\"other\"}"]);
        Assert.Equal(1, after["actordns_responses_total{rcode=\"NOERROR\",transport=\"udp\"}"]);
        Assert.Equal(1, after["actordns_responses_total{rcode=\"NXDOMAIN\",transport=\"udp\"}"]);
        Assert.Equal(2, after["actordns_responses_total{rcode=\"REFUSED\",transport=\"udp\"}"]);
        Assert.Equal(4, after["actordns_udp_datagrams_total{direction=\"in\"}"]);
        Assert.Equal(4, after["actordns_udp_datagrams_total{direction=\"out\"}"]);
        Assert.Equal(SeriesOfRequests(before), SeriesOfRequests(after)); // Strangers make none.
    }

    private static IEnumerable<string> SeriesOfRequests(MetricsPage page) => page.Samples.Keys
        .Where(static key => key.StartsWith("actordns_queries", StringComparison.Ordinal)
            || key.StartsWith("actordns_re", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    [Fact]
    public async Task Signatures_that_do_not_verify_are_counted_by_what_was_found()
    {
        await using ServedNode node = await ServedNode.StartAsync();
        await node.AskAsync(Packets.SignedByAStranger("ns1.example.test."));
        MetricsPage metrics = await node.GetMetricsAsync();
        Assert.Equal(1, metrics["actordns_tsig_failures_total{error=\"BADKEY\"}"]);
        Assert.Equal(0, metrics["actordns_tsig_failures_total{error=\"BADSIG\"}"]);
    }

    [Fact]
    public async Task Updates_are_counted_by_outcome_and_timed_with_their_commits()
    {
        await using ServedNode node = await ServedNode.StartAsync(zones: OtherZone);
        await node.AskAsync(Packets.Update("example.test.", "a.example.test."));
        await node.AskAsync(Packets.Update("example.test.", "b.example.test."));
        await node.AskAsync(Packets.Update("other.test.", "a.other.test."));
        await node.AskAsync(Packets.Update("example.test.", "elsewhere.test."));

        MetricsPage metrics = await node.GetMetricsAsync();
        Assert.Equal(2, metrics["actordns_updates_total{rcode=\"NOERROR\",transport=\"udp\"}"]);
        Assert.Equal(1, metrics["actordns_updates_total{rcode=\"REFUSED\",transport=\"udp\"}"]);
        Assert.Equal(1, metrics["actordns_updates_total{rcode=\"NOTZONE\",transport=\"udp\"}"]);
        Assert.Equal(3, metrics["actordns_update_duration_seconds_count{}"]); // One was refused before it came to its zone.
        Assert.Equal(0, metrics["actordns_updates_in_flight{}"]);
        Assert.Equal(2 + 2, metrics["actordns_journal_commit_entries_sum{}"]); // The content of two zones came first.
        Assert.Equal(
            metrics["actordns_journal_commit_duration_seconds_count{}"], metrics["actordns_journal_commit_zones_count{}"]);
        Assert.Equal(1, metrics["actordns_store_up{}"]);
    }

    [Fact]
    public async Task Serials_of_zones_are_shown_when_asked_for_and_go_with_the_zone()
    {
        await using ServedNode node = await ServedNode.StartAsync(zones: OtherZone + BrokenZone);
        MetricsPage without = await node.GetMetricsAsync();
        Assert.DoesNotContain("actordns_zone_serial", without.Types.Keys);
        Assert.Equal(2, without["actordns_zones{state=\"served\",type=\"primary\"}"]);
        Assert.Equal(1, without["actordns_zones{state=\"failed\",type=\"primary\"}"]);
        Assert.Equal(6, without["actordns_records{}"]);
        Assert.InRange(without["actordns_zone_memory_bytes{}"], 100, 100_000);

        node.Write(settings: WithSerials, zones: OtherZone);
        await node.Node.ReloadAsync(TestEnd);
        MetricsPage with = await node.GetMetricsAsync();
        Assert.Equal(7, with["actordns_zone_serial{view=\"_default\",zone=\"example.test\"}"]);
        Assert.Equal(7, with["actordns_zone_serial{view=\"_default\",zone=\"other.test\"}"]);

        node.Write(settings: WithSerials);
        await node.Node.ReloadAsync(TestEnd);
        MetricsPage after = await node.GetMetricsAsync();
        Assert.Single(after.Samples.Keys, sample => sample.StartsWith("actordns_zone_serial{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nodes_of_one_process_are_counted_apart()
    {
        await using ServedNode one = await ServedNode.StartAsync();
        await using ServedNode other = await ServedNode.StartAsync(zones: OtherZone);
        await one.AskAsync(Packets.Query("ns1.example.test.", RecordType.A));
        const string Queries = "actordns_queries_total{transport=\"udp\",type=\"A\"}";
        Assert.Equal(1, (await one.GetMetricsAsync())[Queries]);
        MetricsPage page = await other.GetMetricsAsync();
        Assert.Equal(0, page[Queries]);
        Assert.Equal(2, page["actordns_zones{state=\"served\",type=\"primary\"}"]);
    }

    [Fact]
    public async Task Metrics_of_the_documentation_are_those_of_the_page_with_their_types_and_labels()
    {
        await using ServedNode node = await ServedNode.StartAsync(settings: WithSerials);
        await node.AskAsync(Packets.Update("example.test.", "a.example.test.")); // Histograms begin with their first value,
        GC.Collect(); // what is said of the last collection with the first.
        MetricsPage page = await node.GetMetricsAsync();
        Dictionary<string, string> found = [];
        foreach ((string name, string type) in page.Types)
        {
            string sample = page.Samples.Keys.First(key => page.FamilyOf(key) == name);
            string labels = sample[(sample.IndexOf('{', StringComparison.Ordinal) + 1)..^1];
            IEnumerable<string> names = labels.Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(static label => label.Split('=')[0]).Where(static label => label != "le");
            found.Add(name, $"{type} {string.Join(", ", names)}".TrimEnd());
            Assert.NotEqual("", page.Help[name]);
        }

        Assert.Equal(
            found.OrderBy(static pair => pair.Key, StringComparer.Ordinal),
            MetricsDocument.Read()
                .Where(static pair => !pair.Key.StartsWith("actordns_cluster_", StringComparison.Ordinal)) // With several nodes only.
                .OrderBy(static pair => pair.Key, StringComparer.Ordinal));
    }
}

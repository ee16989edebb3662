using ActorDns.Host.Wiring;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Tests.Wiring;

public sealed class NodeSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_needed_and_all_of_the_journal_is_kept()
    {
        NodeSettings settings = NodeSettings.Read(Path.Combine(_folder.Root, "actordns.json"));
        Assert.Equal(new RetentionPolicy(), settings.Retention);
        Assert.False(settings.KeepsRefusedQueries);
        Assert.Empty(settings.Wrong);
    }

    [Theory]
    [InlineData("36h", 36)]
    [InlineData("90d", 90 * 24)]
    [InlineData("52w", 52 * 7 * 24)]
    public void Retention_is_read_by_age_entries_and_bytes(string age, int hours)
    {
        _folder.Write("actordns.json", $$"""{ "Retention": { "MaxAge": "{{age}}", "MaxEntries": 100000, "MaxBytes": 1073741824 } }""");
        NodeSettings settings = NodeSettings.Read(Path.Combine(_folder.Root, "actordns.json"));
        RetentionPolicy expected = new() { MaxAge = TimeSpan.FromHours(hours), MaxEntries = 100_000, MaxBytes = 1 << 30 };
        Assert.Equal(expected, settings.Retention);
        Assert.Empty(settings.Unknown);
        Assert.Empty(settings.Wrong);
    }

    [Fact]
    public void Settings_that_are_not_known_and_values_that_make_no_sense_are_named()
    {
        _folder.Write("actordns.json", """
            { "Retention": { "MaxAge": "forever", "MaxEntries": "-1", "MaxYears": 7 }, "Refusals": { "Queries": "some" } }
            """);
        NodeSettings settings = NodeSettings.Read(Path.Combine(_folder.Root, "actordns.json"));
        Assert.Equal(["Retention:MaxYears"], settings.Unknown);
        Assert.Equal(3, settings.Wrong.Count);
        Assert.Contains(settings.Wrong, wrong => wrong.Contains("Retention:MaxAge 'forever'", StringComparison.Ordinal));
        Assert.Equal(new RetentionPolicy(), settings.Retention);
    }

    [Fact]
    public void Addresses_of_the_node_are_read_and_those_without_a_port_are_named()
    {
        _folder.Write("actordns.json", """
            { "Listen": ["127.0.0.11:5300", "[::1]:5300", "127.0.0.12"], "Control": "127.0.0.11:9953" }
            """);
        NodeSettings settings = NodeSettings.Read(Path.Combine(_folder.Root, "actordns.json"));
        Assert.Equal(["127.0.0.11#5300", "::1#5300"], settings.Listen.Select(endpoint => endpoint.ToString()));
        Assert.Equal("127.0.0.11#9953", settings.Control.ToString());
        Assert.Contains("Listen:2 '127.0.0.12'", Assert.Single(settings.Wrong), StringComparison.Ordinal);
        Assert.Empty(settings.Unknown);
    }

    [Fact]
    public void Connection_that_listens_is_read_beside_the_other_and_makes_no_sense_alone()
    {
        _folder.Write("actordns.json", """{ "Store": { "ConnectionString": "Host=pooler", "ListenConnectionString": "Host=server" } }""");
        NodeSettings settings = NodeSettings.Read(Path.Combine(_folder.Root, "actordns.json"));
        Assert.Equal(("Host=pooler", "Host=server"), (settings.PostgreSqlConnectionString, settings.PostgreSqlListenConnectionString));
        Assert.Empty(settings.Wrong.Concat(settings.Unknown));

        _folder.Write("actordns.json", """{ "Store": { "ListenConnectionString": "Host=server" } }""");
        string wrong = Assert.Single(NodeSettings.Read(Path.Combine(_folder.Root, "actordns.json")).Wrong);
        Assert.Contains("there is no Store:ConnectionString", wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, 5, 5)]
    [InlineData(7, null, 7)]
    [InlineData(7, 5, 5)]
    [InlineData(3, 5, 3)]
    public void Smaller_of_the_nodes_and_the_zones_size_counts(int? node, int? zone, int? expected) =>
        Assert.Equal(expected, RetentionSettings.For(new RetentionPolicy { MaxBytes = node }, zone).MaxBytes);
}

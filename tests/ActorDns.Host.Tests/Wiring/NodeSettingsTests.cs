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
        NodeSettings settings = NodeSettings.Read(_folder.Root);
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
        NodeSettings settings = NodeSettings.Read(_folder.Root);
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
        NodeSettings settings = NodeSettings.Read(_folder.Root);
        Assert.Equal(["Retention:MaxYears"], settings.Unknown);
        Assert.Equal(3, settings.Wrong.Count);
        Assert.Contains(settings.Wrong, wrong => wrong.Contains("Retention:MaxAge 'forever'", StringComparison.Ordinal));
        Assert.Equal(new RetentionPolicy(), settings.Retention);
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

using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Host.Logging;
using ActorDns.Host.Wiring;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Tests.Logging;

#pragma warning disable CA1848, CA1873, CA2254 // Plain calls say best what a test logs.
public sealed class BindLoggerProviderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Category_goes_to_its_own_channels_and_others_to_default()
    {
        using BindLoggerProvider provider = Create("""
            logging {
                channel a { file "a"; }; channel b { file "b"; print-category yes; };
                category queries { a; }; category default { b; };
            };
            """);
        provider.CreateLogger("queries").LogInformation("asked");
        provider.CreateLogger("general").LogInformation("other");
        await provider.FlushAsync();
        Assert.Equal(["asked"], _folder.Lines("a"));
        Assert.Equal(["general: other"], _folder.Lines("b"));
    }

    [Fact]
    public async Task Severity_of_a_channel_keeps_lesser_lines_out()
    {
        using BindLoggerProvider provider = Create(
            "logging { channel a { file \"a\"; severity notice; print-severity yes; }; category default { a; }; };");
        ILogger logger = provider.CreateLogger("general");
        logger.LogInformation("too little");
        logger.Log(LogLevel.Information, new EventId(1, "notice.running"), "running", null, (text, _) => text);
        logger.LogError("bad");
        await provider.FlushAsync();
        Assert.Equal(["notice: running", "error: bad"], _folder.Lines("a"));
    }

    [Fact]
    public async Task Dynamic_channel_follows_the_debug_level()
    {
        using BindLoggerProvider provider = Create(
            "logging { channel a { file \"a\"; severity dynamic; print-severity yes; }; category default { a; }; };");
        ILogger logger = provider.CreateLogger("general");
        logger.LogTrace("early");
        provider.DebugLevel = 3;
        logger.LogTrace("deep");
        await provider.FlushAsync();
        Assert.Equal(["debug 3: deep"], _folder.Lines("a"));
    }

    [Fact]
    public void Category_sent_to_null_is_not_even_formatted()
    {
        using BindLoggerProvider provider = Create("logging { category queries { null; }; category default { default_stderr; }; };");
        Assert.False(provider.CreateLogger("queries").IsEnabled(LogLevel.Critical));
        Assert.True(provider.CreateLogger("general").IsEnabled(LogLevel.Information));
    }

    [Fact]
    public async Task Reconfigured_log_loses_no_line_and_mixes_none()
    {
        const int Lines = 500;
        using BindLoggerProvider provider = Create("logging { channel a { file \"a\"; }; category default { a; }; };");
        ILogger logger = provider.CreateLogger("general");
        for (int i = 0; i < Lines; i++)
            logger.LogInformation($"{i}");
        await provider.ReconfigureAsync(Settings("logging { channel b { file \"b\"; }; category default { b; }; };"));
        for (int i = 0; i < Lines; i++)
            logger.LogInformation($"{i}");
        await provider.FlushAsync();
        string[] expected = [.. Enumerable.Range(0, Lines).Select(i => $"{i}")];
        Assert.Equal(expected, _folder.Lines("a"));
        Assert.Equal(expected, _folder.Lines("b"));
        Assert.Equal(0, provider.DroppedLines);
    }

    [Fact]
    public async Task Flag_g_sends_everything_to_standard_error_with_the_time_whatever_the_file_says()
    {
        LogSettings settings = Settings("logging { channel a { file \"a\"; }; category default { a; }; };");
        using BindLoggerProvider provider = new(settings with { IsStandardErrorOnly = true }, new ManualClock(), _error);
        provider.CreateLogger("zoneload").LogInformation("zone example.com/IN: loaded serial 1");
        await provider.FlushAsync();
        Assert.EndsWith("-2026 00:00:00.000 zone example.com/IN: loaded serial 1\n", InUtc(_error.ToString()), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("a")));
    }

    [Fact]
    public async Task Standard_error_under_the_journal_begins_each_line_with_its_priority()
    {
        using BindLoggerProvider provider = new(
            new LogSettings { PrefersStandardError = true, IsJournal = true }, new ManualClock(), _error);
        provider.CreateLogger("general").LogWarning("mend this");
        await provider.FlushAsync();
        Assert.Equal("<4>mend this\n", _error.ToString());
    }

    [Fact]
    public async Task Lines_beyond_the_queue_are_counted_and_the_log_says_how_many()
    {
        using ManualResetEventSlim gate = new();
        using GatedWriter slow = new(gate);
        BindLoggerProvider provider = new(new LogSettings { PrefersStandardError = true, IsJournal = true }, new ManualClock(), slow);
        ILogger logger = provider.CreateLogger("general");
        logger.LogInformation("first");
        slow.Entered.Wait(TestContext.Current.CancellationToken);
        while (provider.DroppedLines < 7)
            logger.LogInformation("more");
        gate.Set();
        await provider.FlushAsync();
        provider.Dispose();
        Assert.Contains("<4>7 log lines were lost", slow.Text, StringComparison.Ordinal);
    }

    private static string InUtc(string line) =>
        TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero ? line : line[..12] + "00:00:00.000" + line[24..];

    private BindLoggerProvider Create(string configuration) => new(Settings(configuration), new ManualClock(), _error);

    private LogSettings Settings(string configuration)
    {
        LoadResult result = ConfigLoader.Load(_folder.Write("named.conf", configuration), new FileConfigSource(_folder.Root));
        Assert.True(result.CanLoad, string.Join('\n', result.Diagnostics));
        LoggingConfiguration logging = result.Model!.Logging!;
        return new LogSettings { Configuration = logging, Directory = _folder.Root };
    }

    private sealed class GatedWriter(ManualResetEventSlim gate) : StringWriter
    {
        public ManualResetEventSlim Entered { get; } = new();

        public string Text => ToString();

        public override void Write(string? value)
        {
            Entered.Set();
            gate.Wait();
            base.Write(value);
        }
    }
}

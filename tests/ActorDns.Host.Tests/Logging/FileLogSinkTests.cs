using ActorDns.Configuration.Model;
using ActorDns.Host.Logging;

namespace ActorDns.Host.Tests.Logging;

public sealed class FileLogSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_at_its_size_is_rolled_and_only_the_versions_asked_for_are_kept()
    {
        using FileLogSink sink = Sink(versions: 2, sizeBytes: 1);
        foreach (string message in new[] { "one", "two", "three", "four" })
            Assert.True(sink.TryWrite(Line(message)));
        Assert.Equal(["four"], _folder.Lines("log"));
        Assert.Equal(["three"], _folder.Lines("log.0"));
        Assert.Equal(["two"], _folder.Lines("log.1"));
        Assert.False(File.Exists(_folder.File("log.2")));
    }

    [Fact]
    public void Unlimited_versions_keep_every_file()
    {
        using FileLogSink sink = Sink(versions: null, sizeBytes: 1);
        for (int i = 0; i < 5; i++)
            sink.TryWrite(Line($"{i}"));
        Assert.Equal(["0"], _folder.Lines("log.3"));
    }

    [Fact]
    public void Timestamp_suffix_names_old_files_by_the_time_and_keeps_the_youngest()
    {
        using FileLogSink sink = Sink(versions: 2, sizeBytes: 1, LogSuffix.Timestamp);
        for (int i = 0; i < 4; i++)
        {
            sink.TryWrite(Line($"{i}"));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            ["log", "log.20260101000002000", "log.20260101000003000"],
            Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Full_file_without_versions_takes_no_more_until_somebody_empties_it()
    {
        using FileLogSink sink = Sink(versions: 0, sizeBytes: 4);
        Assert.True(sink.TryWrite(Line("first")));
        Assert.False(sink.TryWrite(Line("lost")));
        using (FileStream emptied = new(_folder.File("log"), FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite))
            emptied.Flush();
        Assert.True(sink.TryWrite(Line("again")));
        Assert.Equal(["again"], _folder.Lines("log"));
    }

    [Fact]
    public void Copied_and_truncated_file_goes_on_at_its_new_end()
    {
        using FileLogSink sink = Sink(versions: 0, sizeBytes: null);
        sink.TryWrite(Line("before"));
        sink.Flush();
        using (FileStream emptied = new(_folder.File("log"), FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite))
            emptied.Flush();
        sink.TryWrite(Line("after"));
        sink.Flush();
        Assert.Equal("after\n", File.ReadAllText(_folder.File("log")));
    }

    [Fact]
    public void Reopened_file_is_the_one_with_the_name()
    {
        using FileLogSink sink = Sink(versions: 0, sizeBytes: null);
        sink.TryWrite(Line("old"));
        sink.Flush();
        File.Move(_folder.File("log"), _folder.File("moved"));
        sink.Reopen();
        sink.TryWrite(Line("new"));
        sink.Flush();
        Assert.Equal(["old"], _folder.Lines("moved"));
        Assert.Equal(["new"], _folder.Lines("log"));
    }

    [Fact]
    public void File_that_cannot_be_opened_says_why_and_throws_nothing()
    {
        string path = Path.Combine(_folder.Root, "missing", "log");
        using FileLogSink sink = new(path, Format(), new FileRoller(path, 0, LogSuffix.Increment, _clock), null, false);
        Assert.False(sink.TryWrite(Line("lost")));
        Assert.Contains("No such file", sink.Failure, StringComparison.Ordinal);
    }

    private static LogLineFormat Format() => new(LogTimeFormat.None, false, false, TimeZoneInfo.Utc);

    private LogLine Line(string message) => new(_clock.GetUtcNow(), "general", BindLevel.Info, message);

    private FileLogSink Sink(int? versions, long? sizeBytes, LogSuffix suffix = LogSuffix.Increment)
    {
        string path = _folder.File("log");
        return new FileLogSink(path, Format(), new FileRoller(path, versions, suffix, _clock), sizeBytes, isBuffered: false);
    }
}

using System.Text;
using ActorDns.Configuration.Model;
using ActorDns.Host.Logging;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Tests.Logging;

public sealed class LogLineFormatTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 2, 3, 44, 621, TimeSpan.Zero);

    [Theory]
    [InlineData(LogTimeFormat.Local, "22-Nov-2026 03:03:44.621 zoneload: info: zone example.com/IN: loaded serial 1")]
    [InlineData(LogTimeFormat.Iso8601, "2026-11-22T03:03:44.621 zoneload: info: zone example.com/IN: loaded serial 1")]
    [InlineData(LogTimeFormat.Iso8601Utc, "2026-11-22T02:03:44.621Z zoneload: info: zone example.com/IN: loaded serial 1")]
    [InlineData(LogTimeFormat.None, "zoneload: info: zone example.com/IN: loaded serial 1")]
    public void Line_with_everything_on_is_laid_out_as_named_does(LogTimeFormat format, string expected)
    {
        Assert.Equal(expected, Print(format, true, true, "zoneload", BindLevel.Info, "zone example.com/IN: loaded serial 1"));
    }

    [Theory]
    [InlineData(true, false, "general: running")]
    [InlineData(false, true, "notice: running")]
    [InlineData(false, false, "running")]
    public void Line_shows_only_what_the_channel_asks_for(bool hasCategory, bool hasSeverity, string expected)
    {
        Assert.Equal(expected, Print(LogTimeFormat.None, hasCategory, hasSeverity, "general", BindLevel.Notice, "running"));
    }

    [Fact]
    public void Line_end_within_a_message_cannot_forge_a_second_line()
    {
        Assert.Equal("info: a\\012b\\177", Print(LogTimeFormat.None, false, true, "x", BindLevel.Info, "a\nb\x7f"));
    }

    [Theory]
    [InlineData(LogLevel.Information, "notice.running", "notice", 5)]
    [InlineData(LogLevel.Information, "ZoneLoaded", "info", 6)]
    [InlineData(LogLevel.Debug, "debug.10.deep", "debug 10", 7)]
    [InlineData(LogLevel.Debug, null, "debug 1", 7)]
    [InlineData(LogLevel.Trace, null, "debug 3", 7)]
    [InlineData(LogLevel.Warning, "notice.loud", "warning", 4)]
    [InlineData(LogLevel.Error, null, "error", 3)]
    [InlineData(LogLevel.Critical, null, "critical", 2)]
    public void Level_of_an_event_has_the_word_and_the_number_of_syslog(LogLevel level, string? name, string word, int number)
    {
        BindLevel found = BindLevel.Of(level, name);
        Assert.Equal((word, number), (found.ToString(), found.SyslogSeverity));
    }

    private static string Print(
        LogTimeFormat format, bool hasCategory, bool hasSeverity, string category, BindLevel level, string message)
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("one", TimeSpan.FromHours(1), "one", "one");
        StringBuilder text = new();
        new LogLineFormat(format, hasCategory, hasSeverity, zone).Append(text, new LogLine(Time, category, level, message));
        return text.ToString();
    }
}

using System.Net.Sockets;
using System.Text;
using ActorDns.Configuration.Model;
using ActorDns.Host.Logging;

namespace ActorDns.Host.Tests.Logging;

public sealed class SyslogSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Line_is_one_datagram_with_facility_severity_time_and_ident()
    {
        using Socket daemon = Listen();
        using SyslogSink sink = Sink("daemon");
        Assert.True(sink.TryWrite(Line(BindLevel.Notice, "running")));
        Assert.Equal($"<29>Nov  2 02:03:44 named[{Environment.ProcessId}]: running", Receive(daemon));
    }

    [Fact]
    public void Facility_comes_from_the_channel()
    {
        using Socket daemon = Listen();
        using SyslogSink sink = Sink("local3");
        Assert.True(sink.TryWrite(Line(BindLevel.Error, "x")));
        Assert.StartsWith("<155>", Receive(daemon), StringComparison.Ordinal);
    }

    [Fact]
    public void Restarted_daemon_gets_the_next_line()
    {
        using SyslogSink sink = Sink("daemon");
        using (Socket first = Listen())
            sink.TryWrite(Line(BindLevel.Info, "one"));
        File.Delete(_folder.File("log"));
        using Socket second = Listen();
        Assert.True(sink.TryWrite(Line(BindLevel.Info, "two")));
        Assert.EndsWith(": two", Receive(second), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_without_a_daemon_is_lost_and_throws_nothing()
    {
        using SyslogSink sink = Sink("daemon");
        Assert.False(sink.TryWrite(Line(BindLevel.Info, "lost")));
    }

    [Fact]
    public void Daemon_that_was_not_there_is_looked_for_a_second_later_and_when_the_log_is_opened_anew()
    {
        using SyslogSink sink = Sink("daemon");
        Assert.False(sink.TryWrite(Line(BindLevel.Info, "lost")));
        using Socket daemon = Listen();
        Assert.False(sink.TryWrite(Line(BindLevel.Info, "lost", milliseconds: 999)));
        Assert.True(sink.TryWrite(Line(BindLevel.Info, "one", milliseconds: 1_000)));
        Assert.EndsWith(": one", Receive(daemon), StringComparison.Ordinal);

        using SyslogSink other = Sink("daemon");
        daemon.Close();
        File.Delete(_folder.File("log"));
        Assert.False(other.TryWrite(Line(BindLevel.Info, "lost")));
        using Socket second = Listen();
        other.Reopen();
        Assert.True(other.TryWrite(Line(BindLevel.Info, "two")));
        Assert.EndsWith(": two", Receive(second), StringComparison.Ordinal);
    }

    private static LogLine Line(BindLevel level, string message, int milliseconds = 0) =>
        new(new DateTimeOffset(2026, 11, 2, 2, 3, 44, TimeSpan.Zero).AddMilliseconds(milliseconds), "general", level, message);

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[8192];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private Socket Listen()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("log")));
        socket.ReceiveTimeout = 10_000;
        return socket;
    }

    private SyslogSink Sink(string facility) => new(
        _folder.File("log"), SyslogFacility.NumberOf(facility), "named",
        new LogLineFormat(LogTimeFormat.None, false, false, TimeZoneInfo.Utc), TimeZoneInfo.Utc);
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorDns.Host.Logging;

/// <summary>The system log: one datagram per line to its socket, in the form of RFC 3164 §4.1 as the C library sends it.</summary>
internal sealed class SyslogSink(string socketPath, int facility, string ident, LogLineFormat format, TimeZoneInfo zone) : ILogSink
{
    private const int LongestDatagramOctets = 8_192;

    private readonly StringBuilder _text = new();
    private Socket? _socket;

    /// <inheritdoc/>
    public bool TryWrite(in LogLine line)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(line.Time, zone);
        string day = local.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        _text.Clear();
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<{(facility * 8) + line.Level.SyslogSeverity}>{local:MMM} {day} {local:HH:mm:ss} {ident}[{Environment.ProcessId}]: ");
        format.Append(_text, line);
        byte[] datagram = Encoding.UTF8.GetBytes(_text.ToString());
        ReadOnlySpan<byte> sent = datagram.AsSpan(0, Math.Min(datagram.Length, LongestDatagramOctets));

        // The daemon may have been restarted since the last line: connect once more before giving up.
        return TrySend(sent) || TrySend(sent);
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void Reopen() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private bool TrySend(ReadOnlySpan<byte> datagram)
    {
        try
        {
            if (_socket is null)
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
                _socket = socket;
                socket.Blocking = false;
                socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            }

            _socket.Send(datagram);
            return true;
        }
        catch (SocketException)
        {
            Dispose();
            return false;
        }
    }
}

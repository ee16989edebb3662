using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ActorDns.Host.Logging;

/// <summary>The system log: one datagram per line to its socket, in the form of RFC 3164 §4.1 as the C library sends it.</summary>
internal sealed class SyslogSink(string socketPath, int facility, string ident, LogLineFormat format, TimeZoneInfo zone) : ILogSink
{
    private const int LongestDatagramOctets = 8_192;

    /// <summary>A log that is not there is looked for this often, and not with every line.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly StringBuilder _text = new();
    private Socket? _socket;
    private bool _isAbsent;
    private DateTimeOffset _awayUntil;

    /// <inheritdoc/>
    public bool TryWrite(in LogLine line)
    {
        if (line.Time < _awayUntil && line.Time >= _awayUntil - LookAgain) // Not if the clock was set back.
            return false;
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
        if (TrySend(sent) || TrySend(sent))
            return true;
        if (_isAbsent)
            _awayUntil = line.Time + LookAgain;
        return false;
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void Reopen()
    {
        Dispose();
        _awayUntil = default;
    }

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
                _isAbsent = true;
                socket.Connect(new UnixDomainSocketEndPoint(socketPath));
                _isAbsent = false;
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

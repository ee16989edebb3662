using System.Globalization;
using System.Text;

namespace ActorDns.Host.Logging;

/// <summary>Standard error; under systemd's journal every line begins with its priority, <c>&lt;N&gt;</c>.</summary>
internal sealed class StandardErrorSink(TextWriter output, LogLineFormat format, bool hasPriority) : ILogSink
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public bool TryWrite(in LogLine line)
    {
        if (hasPriority)
            _text.Append(CultureInfo.InvariantCulture, $"<{line.Level.SyslogSeverity}>");
        format.Append(_text, line);
        _text.Append('\n');
        return true;
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (_text.Length == 0)
            return;
        try
        {
            output.Write(_text.ToString());
            output.Flush();
        }
        catch (IOException)
        {
            // Whoever read our standard error has gone; there is nowhere left to say so.
            _text.Clear();
        }

        _text.Clear();
    }

    /// <inheritdoc/>
    public void Reopen() => Flush();

    /// <inheritdoc/>
    public void Dispose() => Flush();
}

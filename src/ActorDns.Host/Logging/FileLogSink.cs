using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ActorDns.Host.Logging;

/// <summary>
/// A log file. Full means: as long as <c>size</c> allows. Then it is rolled when versions are kept, and takes no more lines when they
/// are not, as BIND does; a file that somebody has emptied takes lines again.
/// </summary>
internal sealed class FileLogSink(string path, LogLineFormat format, FileRoller roller, long? sizeBytes, bool isBuffered) : ILogSink
{
    private const int BufferedChars = 8_192;

    private readonly StringBuilder _text = new();
    private SafeFileHandle? _handle;
    private bool _wasOpened;
    private long _length;

    /// <summary>Why the file could not be written; null while it can.</summary>
    public string? Failure { get; private set; }

    /// <inheritdoc/>
    public bool TryWrite(in LogLine line)
    {
        if (!TryPrepare())
            return false;
        int before = _text.Length;
        format.Append(_text, line);
        _text.Append('\n');
        _length += _text.Length - before;
        if (_text.Length >= BufferedChars || sizeBytes is not null)
            WriteOut();
        return true;
    }

    /// <inheritdoc/>
    public void Flush()
    {
        if (!isBuffered)
            WriteOut();
    }

    /// <inheritdoc/>
    public void Reopen() => Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        WriteOut();
        _handle?.Dispose();
        _handle = null;
    }

    private bool TryPrepare()
    {
        try
        {
            if (_handle is not null && sizeBytes is { } most && _length >= most)
            {
                _length = RandomAccess.GetLength(_handle); // Somebody may have emptied it.
                if (_length >= most && !roller.Keeps)
                    return false;
                if (_length >= most)
                {
                    Dispose();
                    roller.Roll();
                }
            }

            if (_handle is null)
                Open();
            Failure = null;
            return _handle is not null && (sizeBytes is not { } bound || _length < bound);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Failure = failure.Message;
            return false;
        }
    }

    /// <summary>With versions but no size, every start begins a new file.</summary>
    private void Open()
    {
        bool isFull = sizeBytes is { } most ? File.Exists(path) && new FileInfo(path).Length >= most : !_wasOpened;
        if (roller.Keeps && isFull)
            roller.Roll();
        _handle = AppendFile.Open(path);
        _wasOpened = true;
        _length = RandomAccess.GetLength(_handle);
    }

    private void WriteOut()
    {
        if (_text.Length == 0 || _handle is null)
            return;
        try
        {
            AppendFile.Write(_handle, Encoding.UTF8.GetBytes(_text.ToString()));
        }
        catch (IOException failure)
        {
            Failure = failure.Message; // A full disk: the lines are lost, the next ones are tried again.
        }

        _text.Clear();
    }
}

using System.Buffers;
using System.Globalization;

namespace ActorDns.Protocol.Text;

/// <summary>
/// The part of a master file that is in memory: it moves along the file, and grows only for an entry that is longer than it is.
/// </summary>
internal sealed class MasterFileWindow(Stream content) : IDisposable
{
    /// <summary>Octets of the longest entry: RDATA of the largest size with every octet escaped, in comments and white space.</summary>
    public const int MaxBytes = 1 << 24;

    private const int UsualBytes = 1 << 16;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualBytes);
    private int _length;

    /// <summary>The octets in memory.</summary>
    public ReadOnlySpan<byte> Text => _buffer.AsSpan(0, _length);

    /// <summary>True when nothing of the file follows.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Drops octets from the front and reads more behind. Null, or why that is not possible.</summary>
    public string? Move(int dropped)
    {
        if (dropped == 0 && _length == _buffer.Length)
        {
            if (_length >= MaxBytes)
                return string.Create(CultureInfo.InvariantCulture, $"an entry is longer than {MaxBytes} octets; is a parenthesis open?");
            Grow();
        }

        Text[dropped..].CopyTo(_buffer);
        _length -= dropped;
        try
        {
            while (_length < _buffer.Length && !IsLast)
            {
                int read = content.Read(_buffer, _length, _buffer.Length - _length);
                _length += read;
                IsLast = read == 0;
            }
        }
        catch (IOException failure)
        {
            return failure.Message;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Text.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

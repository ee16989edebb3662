using System.Buffers.Binary;
using System.Net;

namespace ActorDns.Actors.Transfers;

/// <summary>A connection to a primary that carries whole messages, each behind its length (RFC 1035 §4.2.2).</summary>
internal sealed class PrimaryStream : IAsyncDisposable
{
    private const int PrefixBytes = sizeof(ushort);
    private readonly OutboundConnection _connection;
    private const int LargestBufferBytes = 2 * (PrefixBytes + ushort.MaxValue);
    private byte[] _buffer = new byte[4_096]; // Enough for a small zone; it grows for others.
    private int _start;
    private int _end;

    private PrimaryStream(OutboundConnection connection) => _connection = connection;

    /// <summary>Our end, as logs have it.</summary>
    public string LocalText => _connection.LocalText;

    /// <summary>Connects from the configured address, by TLS when the primary is to be asked so.</summary>
    /// <exception cref="ConnectionLostException">It cannot be reached, or is not who it should be.</exception>
    public static async Task<PrimaryStream> ConnectAsync(Primary primary, CancellationToken ct)
    {
        IPEndPoint server = new(primary.Endpoint.Address.ToIPAddress(), primary.Endpoint.Port);
        return new PrimaryStream(
            await OutboundConnection.OpenAsync(primary.Source?.ToIPAddress(), server, primary.Tls, ct).ConfigureAwait(false));
    }

    /// <summary>Sends octets that have their length before them.</summary>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> framed, CancellationToken ct) => _connection.SendAsync(framed, ct);

    /// <summary>The next message, valid until the next call; empty when the peer has closed, be it within a message.</summary>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadMessageAsync(CancellationToken ct)
    {
        while (true)
        {
            int have = _end - _start;
            if (have >= PrefixBytes)
            {
                int length = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
                if (have >= PrefixBytes + length)
                {
                    ReadOnlyMemory<byte> message = _buffer.AsMemory(_start + PrefixBytes, length);
                    _start += PrefixBytes + length;
                    return message;
                }
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, have).CopyTo(_buffer);
                _start = 0;
                _end = have;
            }

            if (_end == _buffer.Length)
                Array.Resize(ref _buffer, Math.Min(4 * _buffer.Length, LargestBufferBytes));
            int read = await _connection.ReceiveAsync(_buffer.AsMemory(_end), ct).ConfigureAwait(false);
            if (read == 0)
                return default;
            _end += read;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}

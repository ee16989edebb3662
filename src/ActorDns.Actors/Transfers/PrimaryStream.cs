using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ActorDns.Actors.Transfers;

/// <summary>A TCP connection to a primary that carries whole messages, each behind its length (RFC 1035 §4.2.2).</summary>
internal sealed class PrimaryStream : IDisposable
{
    private const int PrefixBytes = sizeof(ushort);
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[2 * (PrefixBytes + ushort.MaxValue)];
    private int _start;
    private int _end;

    private PrimaryStream(Socket socket) => _socket = socket;

    /// <summary>Our end, as logs have it.</summary>
    public string LocalText => _socket.LocalEndPoint is IPEndPoint local ? $"{local.Address}#{local.Port}" : "";

    /// <summary>Connects from the configured address.</summary>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    public static async Task<PrimaryStream> ConnectAsync(Primary primary, CancellationToken ct)
    {
        IPAddress address = primary.Endpoint.Address.ToIPAddress();
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (primary.Source is { } source)
                socket.Bind(new IPEndPoint(source.ToIPAddress(), 0));
            await socket.ConnectAsync(new IPEndPoint(address, primary.Endpoint.Port), ct).ConfigureAwait(false);
            return new PrimaryStream(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends octets that have their length before them.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> framed, CancellationToken ct)
    {
        while (!framed.IsEmpty)
            framed = framed[await _socket.SendAsync(framed, SocketFlags.None, ct).ConfigureAwait(false)..];
    }

    /// <summary>The next message, valid until the next call; empty when the peer has closed, be it within a message.</summary>
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

            int read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, ct).ConfigureAwait(false);
            if (read == 0)
                return default;
            _end += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}

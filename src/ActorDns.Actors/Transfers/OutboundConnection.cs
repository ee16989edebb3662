using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace ActorDns.Actors.Transfers;

/// <summary>A connection to another server, by TCP or by TLS over it. What fails has one kind of exception and words for the log.</summary>
internal sealed class OutboundConnection : IAsyncDisposable
{
    private readonly Stream _stream;

    private OutboundConnection(Stream stream, EndPoint? local)
    {
        _stream = stream;
        LocalText = local is IPEndPoint end ? $"{end.Address}#{end.Port}" : "";
    }

    /// <summary>Our end, as logs have it.</summary>
    public string LocalText { get; }

    /// <summary>Connects.</summary>
    /// <param name="source">Our address; null leaves it to the system.</param>
    /// <param name="server">The other end.</param>
    /// <param name="tls">How it is secured; null for not at all.</param>
    /// <param name="ct">Gives it up.</param>
    /// <exception cref="ConnectionLostException">It cannot be reached, or is not who it should be.</exception>
    public static async Task<OutboundConnection> OpenAsync(
        IPAddress? source, IPEndPoint server, OutboundTls? tls, CancellationToken ct)
    {
        Socket socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (source is not null)
                socket.Bind(new IPEndPoint(source, 0));
            await socket.ConnectAsync(server, ct).ConfigureAwait(false);
            EndPoint? local = socket.LocalEndPoint;
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is not null)
                stream = await tls.AuthenticateAsync(stream, server.Address.ToString(), ct).ConfigureAwait(false);
            return new OutboundConnection(stream, local);
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (IsLost(failure))
                throw Lost(failure);
            throw;
        }
    }

    /// <summary>Sends octets.</summary>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> octets, CancellationToken ct)
    {
        try
        {
            await _stream.WriteAsync(octets, ct).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsLost(failure))
        {
            throw Lost(failure);
        }
    }

    /// <summary>Receives what there is; 0 when the other end has closed.</summary>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public async ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct)
    {
        try
        {
            return await _stream.ReadAsync(into, ct).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsLost(failure))
        {
            throw Lost(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.DisposeAsync().ConfigureAwait(false); // A TLS connection says goodbye.
        }
        catch (Exception failure) when (IsLost(failure))
        {
            // The other end was faster.
        }
    }

    /// <summary>What the system says, in words that operators know from other servers.</summary>
    public static string WordsOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.TimedOut => "timed out",
        SocketError.HostUnreachable => "host unreachable",
        SocketError.NetworkUnreachable => "network unreachable",
        SocketError.ConnectionReset => "connection reset",
        SocketError.AddressNotAvailable => "address not available",
        _ => error.ToString(),
    };

    private static bool IsLost(Exception failure) => failure
        is SocketException or IOException or AuthenticationException or CryptographicException or UnauthorizedAccessException;

    private static ConnectionLostException Lost(Exception failure) => failure switch
    {
        ConnectionLostException lost => lost,
        SocketException socket => new(WordsOf(socket.SocketErrorCode), failure),
        IOException { InnerException: SocketException socket } => new(WordsOf(socket.SocketErrorCode), failure),
        AuthenticationException { InnerException: { } inner } => new($"TLS: {failure.Message} ({inner.Message})", failure),
        AuthenticationException or CryptographicException => new($"TLS: {failure.Message}", failure),
        _ => new(failure.Message, failure),
    };
}

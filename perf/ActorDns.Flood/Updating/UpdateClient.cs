using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Flood.Updating;

/// <summary>One client: a socket, one update under way, and what became of those before.</summary>
internal sealed class UpdateClient : IDisposable
{
    private const int LengthBytes = 2;
    private readonly UpdateComposer _composer;
    private readonly IPEndPoint _server;
    private readonly int _number;
    private readonly bool _isStream;
    private readonly byte[] _request = new byte[LengthBytes + UpdateComposer.MaxBytes];
    private readonly byte[] _reply = new byte[4_096];
    private TsigContext _context;
    private int _filled;

    // Clients are not all one host: servers limit the connections of one.
    private const int Addresses = 16;

    public UpdateClient(IPEndPoint server, TsigKey key, DomainName zone, int number, UpdateWorkload workload)
    {
        _composer = new UpdateComposer(key, zone, number, workload.Records);
        _server = server;
        _number = number;
        _isStream = workload.IsStream;
        Socket = Open();
    }

    public Socket Socket { get; private set; }

    /// <summary>When the update under way was sent, in ticks of the stopwatch.</summary>
    public long SentAt { get; private set; }

    /// <summary>Updates answered with NOERROR and a signature that verifies.</summary>
    public long Updates { get; private set; }

    /// <summary>Updates answered otherwise.</summary>
    public long Refused { get; private set; }

    /// <summary>Signs and sends the next update.</summary>
    public void Send(long now)
    {
        int length = _composer.Write(_request.AsSpan(LengthBytes), out _context);
        BinaryPrimitives.WriteUInt16BigEndian(_request, (ushort)length);
        ReadOnlySpan<byte> octets = _isStream ? _request.AsSpan(0, LengthBytes + length) : _request.AsSpan(LengthBytes, length);
        SentAt = now;
        while (octets.Length > 0)
            octets = octets[Socket.Send(octets)..];
    }

    /// <summary>Takes what waits on the socket; true when the answer is whole and the next update may go.</summary>
    public bool Receive()
    {
        int count = Socket.Receive(_reply.AsSpan(_filled));
        if (count == 0)
            throw new SocketException((int)SocketError.ConnectionReset);
        ReadOnlySpan<byte> reply;
        if (_isStream)
        {
            _filled += count;
            if (_filled < LengthBytes || _filled < LengthBytes + BinaryPrimitives.ReadUInt16BigEndian(_reply))
                return false;
            reply = _reply.AsSpan(LengthBytes, _filled - LengthBytes);
            _filled = 0;
        }
        else
        {
            reply = _reply.AsSpan(0, count);
        }

        if (reply.Length < 12 || BinaryPrimitives.ReadUInt16BigEndian(reply) != _composer.Id)
            return false; // The answer to one that was given up.
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        if ((reply[3] & 15) == 0 && TsigVerifier.VerifyResponse(reply, in _context, now).IsVerified)
            Updates++;
        else
            Refused++;
        return true;
    }

    /// <summary>Connects anew, after the server has closed the connection; what was under way is lost.</summary>
    public void Reconnect()
    {
        Socket.Dispose();
        _filled = 0;
        Socket = Open();
    }

    public void Dispose() => Socket.Dispose();

    private Socket Open()
    {
        Socket socket = _isStream
            ? new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(_server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (_isStream)
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (_number % Addresses))]), 0));
        socket.Connect(_server);
        return socket;
    }
}

using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>
/// One received UDP datagram as a view into the listener's receive buffer; valid until its batch has ended.
/// </summary>
public readonly ref struct Datagram
{
    private readonly BoundDatagramSocket? _socket;
    private readonly ReadOnlySpan<byte> _sourceAddress;

    /// <summary>A view of the given octets between two endpoints.</summary>
    public Datagram(ReadOnlySpan<byte> payload, NetEndpoint source, NetEndpoint local)
    {
        Payload = payload;
        Source = source;
        Local = local;
    }

    internal Datagram(
        ReadOnlySpan<byte> payload, NetEndpoint source, BoundDatagramSocket socket, ReadOnlySpan<byte> sourceAddress)
        : this(payload, source, socket.Local)
    {
        _socket = socket;
        _sourceAddress = sourceAddress;
    }

    /// <summary>The octets of the message; never empty, never longer than the listener's receive buffer.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>The sender, where the reply goes.</summary>
    public NetEndpoint Source { get; }

    /// <summary>The address and port that the receiving socket is bound to.</summary>
    public NetEndpoint Local { get; }

    /// <summary>Keeps the way back to the sender beyond the batch; null for a datagram that came from no socket.</summary>
    public DatagramReturn? KeepReturn() => _socket is null ? null : new DatagramReturn(_socket, _sourceAddress);
}

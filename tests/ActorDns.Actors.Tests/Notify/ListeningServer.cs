using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Tests.Notify;

/// <summary>Stands for a secondary: real sockets on a loopback address, answers as the test says.</summary>
internal sealed class ListeningServer : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly Socket _udp;
    private readonly Socket _tcp;

    public ListeningServer(string address = "127.0.0.1", int port = 0)
    {
        IPAddress own = IPAddress.Parse(address);
        _udp = new Socket(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _tcp = new Socket(own.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _tcp.Bind(new IPEndPoint(own, port));
        _udp.Bind(_tcp.LocalEndPoint!);
        Endpoint = new NetEndpoint(NetAddress.From(own), (ushort)Local.Port);
    }

    public NetEndpoint Endpoint { get; }

    /// <summary>True when a datagram has come that was not taken.</summary>
    public bool HasMore => _udp.Available > 0;

    private IPEndPoint Local => (IPEndPoint)_udp.LocalEndPoint!;

    public async Task<(byte[] Message, EndPoint From)> ReceiveAsync()
    {
        byte[] buffer = new byte[4096];
        SocketReceiveFromResult got = await _udp.ReceiveFromAsync(buffer, Local)
            .WaitAsync(Deadline, TestContext.Current.CancellationToken);
        return (buffer[..got.ReceivedBytes], got.RemoteEndPoint);
    }

    public void Send(byte[] message, EndPoint to) => _udp.SendTo(message, to);

    /// <summary>Receives a notify, acknowledges it, and gives its serial.</summary>
    public async Task<uint> AcknowledgeAsync()
    {
        (byte[] message, EndPoint from) = await ReceiveAsync();
        Send(ReplyTo(message), from);
        return SerialIn(message);
    }

    /// <summary>Begins to take TCP connections.</summary>
    public void Listen() => _tcp.Listen();

    /// <summary>Takes a TCP connection and the message in it, and replies.</summary>
    public async Task<byte[]> AnswerStreamAsync(Func<byte[], byte[]> reply)
    {
        using Socket connection = await _tcp.AcceptAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);
        await using NetworkStream stream = new(connection);
        byte[] length = new byte[2];
        await stream.ReadExactlyAsync(length, TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);
        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(message, TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);
        byte[] answer = reply(message);
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
        await stream.WriteAsync((byte[])[.. length, .. answer], TestContext.Current.CancellationToken);
        return message;
    }

    /// <summary>The reply that a server gives which copies the question: no answer section, QR and rcode set.</summary>
    public static byte[] ReplyTo(byte[] request, Rcode? rcode = null)
    {
        Assert.Equal(ParseError.None, MessageScan.TryScan(request, out MessageLayout layout));
        byte[] reply = request[..layout.AnswerOffset];
        MessageHeader.SetFlags(
            reply, (ushort)(MessageHeader.Flags(request) | MessageHeader.Response | (rcode ?? Rcode.NoError).Value));
        for (int section = 1; section < 4; section++)
            MessageHeader.SetCount(reply, section, 0);
        return reply;
    }

    /// <summary>The serial in the answer section.</summary>
    public static uint SerialIn(byte[] message)
    {
        Assert.Equal(ParseError.None, MessageScan.TryScan(message, out MessageLayout layout));
        MessageReader reader = new(message);
        reader.Seek(layout.AnswerOffset);
        Assert.Equal(ParseError.None, reader.TrySkipName());
        Assert.Equal(ParseError.None, reader.TryReadRecordTail(out RecordTail tail));
        Assert.Equal(RecordType.Soa, tail.Type);
        return BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(tail.RdataOffset + tail.RdataLength - 20));
    }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }
}

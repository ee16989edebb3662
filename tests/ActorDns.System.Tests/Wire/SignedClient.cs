using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.System.Tests.Harness;

namespace ActorDns.System.Tests.Wire;

/// <summary>
/// Sends UPDATE messages over one UDP socket or one TCP connection, signed with a key, and believes only replies that verify. One request
/// at a time.
/// </summary>
public sealed class SignedClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly TsigKey _key;
    private readonly StreamClient? _stream;
    private readonly Socket? _datagrams;
    private readonly byte[] _buffer = new byte[ushort.MaxValue];

    /// <summary>The same message of two clients in one second would be one message sent twice, which is applied once.</summary>
    private ushort _id = (ushort)Random.Shared.Next();


    private SignedClient(TestKey key, StreamClient? stream, Socket? datagrams)
    {
        TsigAlgorithm algorithm = TsigAlgorithm.All.First(known => known.Name == key.Algorithm);
        _key = new TsigKey(DomainName.Parse(key.Name + "."), algorithm, new TsigSecret(Convert.FromBase64String(key.Secret)));
        _stream = stream;
        _datagrams = datagrams;
    }

    public static async Task<SignedClient> ConnectTcpAsync(IPEndPoint server, TestKey key) =>
        new(key, await StreamClient.ConnectAsync(server), null);

    public static SignedClient ConnectUdp(IPEndPoint server, TestKey key)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(server);
        return new SignedClient(key, null, socket);
    }

    /// <summary>Ends the wait for a datagram.</summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>Sends one update; null when the server is gone, has said nothing in time, or the wait was ended.</summary>
    public Task<Rcode?> UpdateAsync(string zone, IEnumerable<string> lines) => SendAsync(UpdateText.Build(++_id, zone, lines));

    public void Dispose()
    {
        _stream?.Dispose();
        _datagrams?.Dispose();
    }

    private async Task<Rcode?> SendAsync(byte[] request)
    {
        request.CopyTo(_buffer, 0);
        Assert.True(TsigSigner.SignRequest(_buffer, request.Length, _key, Now, out int length, out TsigContext context));
        byte[] signed = _buffer[..length];
        byte[]? reply;
        try
        {
            reply = _stream is not null ? await AskStreamAsync(signed) : await AskDatagramAsync(signed);
        }
        catch (Exception gone) when (gone is SocketException or TimeoutException or OperationCanceledException)
        {
            return null;
        }

        if (reply is null)
            return null;
        TsigReply judged = TsigVerifier.VerifyResponse(reply, in context, Now);
        Assert.True(judged.IsVerified, $"{judged.Outcome}: {Convert.ToHexString(reply)}");
        return new Rcode((ushort)(MessageHeader.Flags(reply) & 15));
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    private async Task<byte[]?> AskStreamAsync(byte[] request)
    {
        await _stream!.SendAsync(StreamClient.Frame(request));
        return await _stream.ReceiveAsync(Deadline);
    }

    private async Task<byte[]> AskDatagramAsync(byte[] request)
    {
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        late.CancelAfter(Deadline);
        await _datagrams!.SendAsync(request, late.Token);
        byte[] reply = new byte[ushort.MaxValue];
        while (true)
        {
            int count = await _datagrams.ReceiveAsync(reply, late.Token);
            if (count >= MessageHeader.Bytes && BinaryPrimitives.ReadUInt16BigEndian(reply) == BinaryPrimitives.ReadUInt16BigEndian(request))
                return reply[..count];
        }
    }
}

using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.System.Tests.Harness;

namespace ActorDns.System.Tests.Wire;

/// <summary>One signed UPDATE, octet for octet, which can be sent any number of times. Only replies that verify are believed.</summary>
public sealed class SignedMessage
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly byte[] _octets;
    private readonly TsigContext _context;

    private SignedMessage(byte[] octets, TsigContext context)
    {
        _octets = octets;
        _context = context;
    }

    /// <summary>Signs an update of a zone; the lines are those of <see cref="UpdateText"/>.</summary>
    public static SignedMessage Update(TestKey key, string zone, params string[] lines)
    {
        byte[] buffer = new byte[2_000];
        byte[] request = UpdateText.Build((ushort)Random.Shared.Next(ushort.MaxValue), zone, lines);
        request.CopyTo(buffer, 0);
        TsigAlgorithm algorithm = TsigAlgorithm.All.First(known => known.Name == key.Algorithm);
        TsigKey signing = new(DomainName.Parse(key.Name + "."), algorithm, new TsigSecret(Convert.FromBase64String(key.Secret)));
        Assert.True(TsigSigner.SignRequest(buffer, request.Length, signing, Now, out int length, out TsigContext context));
        return new SignedMessage(buffer[..length], context);
    }

    /// <summary>Sends it from a socket of its own, and gives the answer.</summary>
    public async Task<Rcode> SendAsync(IPEndPoint server)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(server);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Deadline);
        await socket.SendAsync(_octets, late.Token);
        byte[] reply = new byte[ushort.MaxValue];
        int count = await socket.ReceiveAsync(reply, late.Token);
        TsigReply judged = TsigVerifier.VerifyResponse(reply.AsSpan(0, count), in _context, Now);
        Assert.True(judged.IsVerified, $"{judged.Outcome}: {Convert.ToHexString(reply.AsSpan(0, count))}");
        return new Rcode((ushort)(MessageHeader.Flags(reply) & 15));
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
}

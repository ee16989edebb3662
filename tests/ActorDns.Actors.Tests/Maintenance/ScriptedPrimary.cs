using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Testing.Transfers;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Tests.Maintenance;

/// <summary>
/// A primary that says what a test wants it to say, true or not: its serial by UDP, and by TCP whole messages. Everything that it was asked is
/// kept.
/// </summary>
internal sealed class ScriptedPrimary : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly TsigKey? _key;
    private readonly TimeProvider _clock;
    private readonly Task _work;
    private bool _isDisposed;

    public ScriptedPrimary(TimeProvider clock, TsigKey? key = null, string address = "127.0.0.1")
    {
        _clock = clock;
        _key = key;
        IPAddress own = IPAddress.Parse(address);
        _udp = new Socket(own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _tcp = new Socket(own.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _tcp.Bind(new IPEndPoint(own, 0));
        _tcp.Listen();
        int port = ((IPEndPoint)_tcp.LocalEndPoint!).Port;
        _udp.Bind(new IPEndPoint(own, port));
        Endpoint = new NetEndpoint(NetAddress.From(own), (ushort)port);
        _work = Task.WhenAll(Task.Run(AnswerDatagramsAsync), Task.Run(AcceptAsync));
    }

    public NetEndpoint Endpoint { get; }

    /// <summary>The serial that it says it has; null leaves questions for it without an answer.</summary>
    public uint? Serial { get; set; } = 1;

    /// <summary>Seconds that it tells until the zone expires there; null tells nothing.</summary>
    public uint? ExpireSeconds { get; set; }

    /// <summary>Makes the messages of an answer to AXFR or IXFR; the connection is closed behind the last.</summary>
    public Func<AnswerStream, IEnumerable<byte[]>> Transfer { get; set; } = static _ => [];

    /// <summary>The handshake before anything by TCP; null for none.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>Holds back the messages of a transfer as long as it is not complete.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The address that each connection came from.</summary>
    public ConcurrentQueue<IPAddress> Clients { get; } = new();

    /// <summary>Types asked for, in their order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _work;
        _stop.Dispose();
    }

    private async Task AnswerDatagramsAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                SocketReceiveFromResult got =
                    await _udp.ReceiveFromAsync(buffer, SocketFlags.None, _udp.LocalEndPoint!, _stop.Token);
                if (AnswerSoa(buffer.AsSpan(0, got.ReceivedBytes)) is { } answer)
                    await _udp.SendToAsync(answer, SocketFlags.None, got.RemoteEndPoint, _stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using Socket client = await _tcp.AcceptAsync(_stop.Token);
                Clients.Enqueue(((IPEndPoint)client.RemoteEndPoint!).Address);
                await AnswerAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        await using NetworkStream clear = new(client);
        if (Tls is null)
        {
            await AnswerStreamAsync(clear);
            client.Shutdown(SocketShutdown.Both);
            return;
        }

        try
        {
            await using SslStream secured = new(clear);
            await secured.AuthenticateAsServerAsync(Tls, _stop.Token);
            await AnswerStreamAsync(secured);
            await secured.ShutdownAsync();
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            // The client does not want us.
        }
    }

    private async Task AnswerStreamAsync(Stream client)
    {
        byte[] request = new byte[4096];
        int have = 0;
        while (have < 2 || have < 2 + BinaryPrimitives.ReadUInt16BigEndian(request))
        {
            int read = await client.ReadAsync(request.AsMemory(have), _stop.Token);
            if (read == 0)
                return;
            have += read;
        }

        byte[] message = request[2..have];
        MessageScan.TryScan(message, out MessageLayout layout);
        IEnumerable<byte[]> answers = layout.QuestionType == RecordType.Soa
            ? AnswerSoa(message) is { } soa ? [soa] : []
            : Transfer(StreamFor(message, layout));
        if (layout.QuestionType != RecordType.Soa)
            Asked.Enqueue(layout.QuestionType.ToString());
        foreach (byte[] answer in answers)
        {
            await Gate.WaitAsync(_stop.Token);
            byte[] framed = [.. new byte[2], .. answer];
            BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
            await client.WriteAsync(framed, _stop.Token);
        }
    }

    private byte[]? AnswerSoa(ReadOnlySpan<byte> message)
    {
        Asked.Enqueue("SOA");
        MessageScan.TryScan(message, out MessageLayout layout);
        AnswerStream stream = StreamFor(message, layout);
        stream.ExpireSeconds = ExpireSeconds;
        return Serial is { } serial ? stream.Message(AnswerStream.Soa(serial)) : null;
    }

    private AnswerStream StreamFor(ReadOnlySpan<byte> message, MessageLayout layout)
    {
        AnswerStream stream = new()
        {
            Id = MessageHeader.Id(message),
            Type = layout.QuestionType,
            NowUnixSeconds = _clock.GetUtcNow().ToUnixTimeSeconds(),
        };
        if (_key is null)
            return stream;
        TsigOutcome outcome = TsigVerifier.VerifyRequest(
            message, stream.NowUnixSeconds, new SingleTsigKey(_key), out TsigContext context);
        Assert.Equal(TsigOutcome.Verified, outcome);
        stream.Signer = new TsigStreamSigner(context);
        return stream;
    }
}

using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TsigKey? _key;
    private readonly TimeProvider _clock;
    private readonly Task _work;
    private bool _isDisposed;

    public ScriptedPrimary(TimeProvider clock, TsigKey? key = null)
    {
        _clock = clock;
        _key = key;
        _tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _tcp.Listen();
        int port = ((IPEndPoint)_tcp.LocalEndPoint!).Port;
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, port));
        Endpoint = new NetEndpoint(NetAddress.FromIPv4(0x7F000001), (ushort)port);
        _work = Task.WhenAll(Task.Run(AnswerDatagramsAsync), Task.Run(AcceptAsync));
    }

    public NetEndpoint Endpoint { get; }

    /// <summary>The serial that it says it has; null leaves questions for it without an answer.</summary>
    public uint? Serial { get; set; } = 1;

    /// <summary>Seconds that it tells until the zone expires there; null tells nothing.</summary>
    public uint? ExpireSeconds { get; set; }

    /// <summary>Makes the messages of an answer to AXFR or IXFR; the connection is closed behind the last.</summary>
    public Func<AnswerStream, IEnumerable<byte[]>> Transfer { get; set; } = static _ => [];

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
                    await _udp.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
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
                await AnswerStreamAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerStreamAsync(Socket client)
    {
        byte[] request = new byte[4096];
        int have = 0;
        while (have < 2 || have < 2 + BinaryPrimitives.ReadUInt16BigEndian(request))
        {
            int read = await client.ReceiveAsync(request.AsMemory(have), SocketFlags.None, _stop.Token);
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
            byte[] framed = [.. new byte[2], .. answer];
            BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
            await client.SendAsync(framed, SocketFlags.None, _stop.Token);
        }

        client.Shutdown(SocketShutdown.Both);
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

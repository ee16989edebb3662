using System.Net;
using System.Net.Sockets;
using ActorDns.Protocol.Names;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Control;

/// <summary>A primary that answers SOA queries by UDP when it may, and takes connections for transfers on which it says nothing.</summary>
internal sealed class StallingPrimary : IAsyncDisposable
{
    private readonly UdpClient _udp;
    private readonly TcpListener _tcp;
    private readonly TaskCompletionSource _mayAnswer = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _answering;

    public StallingPrimary()
    {
        Port = FreePorts.Take(); // Of those that the kernel hands out one may be free for UDP and taken for TCP.
        _udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, Port));
        _tcp = new TcpListener(IPAddress.Loopback, Port);
        _tcp.Start();
        _answering = AnswerAsync();
    }

    public int Port { get; }

    /// <summary>Answers from now on, what has come before too.</summary>
    public void AnswerNow() => _mayAnswer.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _mayAnswer.TrySetResult();
        await _answering;
        _udp.Dispose();
        _tcp.Dispose();
        _end.Dispose();
    }

    private async Task AnswerAsync()
    {
        byte[] root = DomainName.Root.Wire.ToArray();
        byte[] soa = [0xC0, 12, 0, 6, 0, 1, 0, 0, 1, 44, 0, 22, .. root, .. root, .. new byte[19], 7];
        await _mayAnswer.Task;
        while (!_end.IsCancellationRequested)
        {
            UdpReceiveResult query;
            try
            {
                query = await _udp.ReceiveAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            byte[] question = query.Buffer[12..(Array.IndexOf(query.Buffer, (byte)0, 12) + 5)];
            byte[] answer = [query.Buffer[0], query.Buffer[1], 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0, .. question, .. soa];
            await _udp.SendAsync(answer, query.RemoteEndPoint);
        }
    }
}

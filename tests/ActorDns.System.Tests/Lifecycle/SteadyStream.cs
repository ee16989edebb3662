using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Lifecycle;

/// <summary>
/// Clients that ask one question after the other and none of them twice: four over UDP, one over a TCP connection that stays, one over
/// a new connection for each question. A question without an answer fails the stream.
/// </summary>
internal sealed class SteadyStream : IAsyncDisposable
{
    private const int UdpClients = 4;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ushort, byte[]> _question;
    private readonly Func<Action<byte[]>> _arm;
    private readonly Task<long>[] _clients;

    /// <param name="server">Who is asked.</param>
    /// <param name="question">The question with an ID.</param>
    /// <param name="arm">Called before a question leaves; what it returns is called with the answer.</param>
    public SteadyStream(IPEndPoint server, Func<ushort, byte[]> question, Func<Action<byte[]>> arm)
    {
        _question = question;
        _arm = arm;
        _clients =
        [
            .. Enumerable.Range(0, UdpClients).Select(_ => Task.Run(() => AskUdpAsync(server))),
            Task.Run(() => AskKeptTcpAsync(server)),
            Task.Run(() => AskNewTcpAsync(server)),
        ];
    }

    /// <summary>Ends the stream and returns how many questions were asked and answered.</summary>
    public async Task<long> StopAsync()
    {
        await _stop.CancelAsync();
        return (await Task.WhenAll(_clients)).Sum();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)Task.WhenAll(_clients)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<long> AskUdpAsync(IPEndPoint server)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server);
        byte[] buffer = new byte[4_096];
        return await RunAsync(async question =>
        {
            await socket.SendAsync(question);
            int count = await socket.ReceiveAsync(buffer).WaitAsync(Lost);
            return buffer[..count];
        });
    }

    private async Task<long> AskKeptTcpAsync(IPEndPoint server)
    {
        using StreamClient client = await StreamClient.ConnectAsync(server);
        return await RunAsync(async question => await client.AskAsync(question) ?? throw new IOException("a kept connection was closed"));
    }

    private Task<long> AskNewTcpAsync(IPEndPoint server) => RunAsync(async question =>
    {
        using StreamClient client = await StreamClient.ConnectAsync(server);
        return await client.AskAsync(question) ?? throw new IOException("a new connection was closed without an answer");
    });

    private async Task<long> RunAsync(Func<byte[], Task<byte[]>> askAsync)
    {
        using PeriodicTimer pace = new(Pace);
        long asked = 0;
        for (; !_stop.IsCancellationRequested; asked++)
        {
            ushort id = (ushort)asked;
            Action<byte[]> check = _arm();
            byte[] answer = await askAsync(_question(id));
            Assert.Equal(id, BinaryPrimitives.ReadUInt16BigEndian(answer));
            check(answer);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return asked;
    }
}

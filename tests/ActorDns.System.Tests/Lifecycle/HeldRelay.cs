using System.Net;
using System.Net.Sockets;

namespace ActorDns.System.Tests.Lifecycle;

/// <summary>
/// Stands between a client and the server for one TCP connection: lets the first octets of the answer through and holds the rest until
/// it is told to go on, so that a transfer is under way as long as a test wants.
/// </summary>
internal sealed class HeldRelay : IDisposable
{
    private const int BufferBytes = 8_192;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldRelay(IPEndPoint server, int octetsBefore)
    {
        _listener.Start();
        _ = RelayAsync(server, octetsBefore);
    }

    /// <summary>Where the client is to connect, at 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Completes when the first octets have passed; fails when the connection ended before.</summary>
    public Task Held => _held.Task;

    public void Release() => _released.TrySetResult();

    public void Dispose()
    {
        Release();
        _listener.Dispose();
    }

    private async Task RelayAsync(IPEndPoint server, int octetsBefore)
    {
        try
        {
            using Socket client = await _listener.AcceptSocketAsync();
            using Socket upstream = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                ReceiveBufferSize = BufferBytes, // What is held must wait at the server, not in a buffer here.
            };
            await upstream.ConnectAsync(server);
            Task questions = CopyAsync(client, upstream, int.MaxValue);
            await CopyAsync(upstream, client, octetsBefore);
            _held.TrySetResult();
            await _released.Task;
            await CopyAsync(upstream, client, int.MaxValue);
            client.Shutdown(SocketShutdown.Both);
            await questions;
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            _held.TrySetException(failure);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, int limit)
    {
        byte[] buffer = new byte[BufferBytes];
        for (int copied = 0; copied < limit;)
        {
            int count = await from.ReceiveAsync(buffer);
            if (count == 0)
                return;
            await to.SendAsync(buffer.AsMemory(0, count));
            copied += count;
        }
    }
}

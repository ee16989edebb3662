using System.Net.Sockets;
using ActorDns.Testing.Processes;

namespace ActorDns.Testing.Databases;

/// <summary>Stands between a client and the server's socket, and cuts the connection at COMMIT when it is told to.</summary>
public sealed class CommitCutter : IAsyncDisposable
{
    private const string SocketName = ".s.PGSQL.5432";

    /// <summary>With its terminating zero: READ COMMITTED is something else.</summary>
    private static ReadOnlySpan<byte> CommitQuery => "COMMIT\0"u8;

    private readonly TempFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _server;
    private readonly Task _accepting;
    private int _cuts;

    public CommitCutter(string serverFolder)
    {
        _server = Path.Combine(serverFolder, SocketName);
        _listener.Bind(new UnixDomainSocketEndPoint(_folder[SocketName]));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string SocketFolder => _folder.FullPath;

    /// <summary>What is done at the next COMMIT; it is done once.</summary>
    public CommitCut Next { get; set; }

    /// <summary>Connections cut so far.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        _folder.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptAsync()));
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(Socket client)
    {
        using Socket server = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (client)
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
            Line line = new();
            Task there = PumpAsync(client, server, data => AtClientData(line, data));
            Task back = PumpAsync(server, client, _ => AtServerData(line));
            await Task.WhenAny(there, back);
            client.Dispose();
            server.Dispose();
            await Task.WhenAll(there, back);
        }
    }

    private bool AtClientData(Line line, ReadOnlyMemory<byte> data)
    {
        if (Next == CommitCut.Never || data.Span.IndexOf(CommitQuery) < 0)
            return true;
        CommitCut cut = Next;
        Next = CommitCut.Never;
        if (cut == CommitCut.BeforeServer)
        {
            Interlocked.Increment(ref _cuts);
            return false;
        }

        line.IsAnswerAwaited = true;
        return true;
    }

    private bool AtServerData(Line line)
    {
        if (!line.IsAnswerAwaited)
            return true;
        Interlocked.Increment(ref _cuts);
        return false;
    }

    /// <summary>Passes data on until one side closes or <paramref name="mayPass"/> says no.</summary>
    private static async Task PumpAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> mayPass)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                int length = await from.ReceiveAsync(buffer, SocketFlags.None);
                if (length == 0 || !mayPass(buffer.AsMemory(0, length)))
                    return;
                for (int sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), SocketFlags.None);
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The other direction has ended.
        }
    }

    private sealed class Line
    {
        public volatile bool IsAnswerAwaited;
    }
}

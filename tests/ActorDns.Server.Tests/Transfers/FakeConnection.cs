using ActorDns.Server.Sockets;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Transfers;

/// <summary>A stream connection that keeps what is sent and can be made to block.</summary>
internal sealed class FakeConnection : IStreamConnection
{
    private readonly TaskCompletionSource _blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<byte[]> Sent { get; } = [];

    public bool Blocks { get; init; }

    /// <summary>Completes when a send waits.</summary>
    public Task Blocked => _blocked.Task;

    public TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Id => 1;

    public NetEndpoint Source => new(NetAddress.FromIPv4(0x7F000001), 40000);

    public NetEndpoint Local => new(NetAddress.FromIPv4(0x7F000001), 53);

    public bool IsOpen { get; private set; } = true;

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken ct = default) =>
        throw new InvalidOperationException("a session sends framed messages");

    public async ValueTask SendFramedAsync(ReadOnlyMemory<byte> framed, CancellationToken ct = default)
    {
        if (Blocks)
        {
            _blocked.TrySetResult();
            await Task.WhenAny(Aborted.Task, Task.Delay(Timeout.Infinite, ct));
            return;
        }

        Sent.Add(framed[2..].ToArray());
    }

    public void UseKeepalive()
    {
    }

    public void Abort()
    {
        IsOpen = false;
        Aborted.TrySetResult();
    }
}

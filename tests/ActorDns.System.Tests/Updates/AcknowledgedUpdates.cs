using System.Collections.Concurrent;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;

namespace ActorDns.System.Tests.Updates;

/// <summary>
/// Clients that send signed updates without a pause, half of them over UDP, and remember each one that was acknowledged. Each update adds
/// several records under a name of its own: what is there by half shows.
/// </summary>
internal sealed class AcknowledgedUpdates(ServerUnderTest server, string prefix) : IAsyncDisposable
{
    public const int RecordsPerUpdate = 5;
    private const int Clients = 8;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<string> _acknowledged = [];
    private readonly ConcurrentBag<Rcode> _refused = [];
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _clients = [];
    private int _wanted = int.MaxValue;
    private int _count;

    /// <summary>Owners of the updates that were acknowledged.</summary>
    public IReadOnlyCollection<string> Owners => _acknowledged;

    /// <summary>What was answered instead of NOERROR.</summary>
    public IReadOnlyCollection<Rcode> Refused => _refused;

    /// <summary>The records of one update.</summary>
    public static string[] RecordsOf(string owner) => [.. Enumerable.Range(1, RecordsPerUpdate).Select(i => $"add {owner} 60 A 192.0.2.{i}")];

    /// <summary>Starts the clients; the task ends when so many updates are acknowledged.</summary>
    public Task Start(int wanted)
    {
        _wanted = wanted;
        for (int i = 0; i < Clients; i++)
        {
            int number = i;
            _clients.Add(Task.Run(() => RunAsync(number)));
        }

        return _enough.Task;
    }

    /// <summary>Ends the clients; an update that is under way is not known to be acknowledged.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)Task.WhenAll(_clients)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync(int number)
    {
        using SignedClient client = number % 2 == 0
            ? SignedClient.ConnectUdp(server.EndPoint, DynamicZone.Key)
            : await SignedClient.ConnectTcpAsync(server.EndPoint, DynamicZone.Key);
        client.Stopping = _stop.Token;
        for (int i = 0; !_stop.IsCancellationRequested; i++)
        {
            string owner = $"{prefix}-{number}-{i}.example.";
            Rcode? rcode = await client.UpdateAsync(DynamicZone.Zone, RecordsOf(owner));
            if (rcode is null)
                return; // Gone: what became of this one is not known.
            if (rcode != Rcode.NoError)
            {
                _refused.Add(rcode.Value);
                continue;
            }

            _acknowledged.Add(owner);
            if (Interlocked.Increment(ref _count) == _wanted)
                _enough.TrySetResult();
        }
    }
}

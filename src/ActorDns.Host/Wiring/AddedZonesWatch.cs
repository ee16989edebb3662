using ActorDns.Kernel;

namespace ActorDns.Host.Wiring;

/// <summary>
/// Reads the zones that commands have added when there is a reason: the store, which was away when it was needed, may be back, or another
/// node has changed them. Several reasons at once are one, and what fails is tried again.
/// </summary>
/// <param name="system">Runs it.</param>
/// <param name="read">Reads them; true when that is done.</param>
internal sealed class AddedZonesWatch(ActorSystem system, Func<CancellationToken, Task<bool>> read)
{
    private static readonly TimeSpan GatherInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);
    private readonly ActorRef<Signal> _watcher = system.Spawn("added-zones", () => new Watcher(read));

    /// <summary>Has them read soon; never waits.</summary>
    public void Wake() => _watcher.Tell(Signal.Wake); // A full mailbox holds one already.

    private enum Signal
    {
        Wake,
        Due,
    }

    private sealed class Watcher(Func<CancellationToken, Task<bool>> read) : Actor<Signal>
    {
        protected override async ValueTask ReceiveAsync(Signal message, ActorContext<Signal> ctx)
        {
            if (message == Signal.Due && !await read(ctx.Stopping))
                ctx.Timers.StartSingle(nameof(Signal.Due), RetryInterval, Signal.Due);
            else if (message == Signal.Wake && !ctx.Timers.IsActive(nameof(Signal.Due)))
                ctx.Timers.StartSingle(nameof(Signal.Due), GatherInterval, Signal.Due);
        }
    }
}

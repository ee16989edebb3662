using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Journal;

/// <summary>
/// Removes once an hour the entries beyond the node's retention, also of zones that nobody changes. What replay needs, and what IXFR
/// has promised, stays.
/// </summary>
/// <param name="opened">Where journals are kept.</param>
/// <param name="retention">How much of every zone's journal is kept.</param>
/// <param name="promises">What it has to leave besides; null for nothing.</param>
/// <param name="log">Category <c>general</c>.</param>
public sealed class JournalKeeper(OpenedStore opened, RetentionPolicy retention, PromisedSerials? promises, ILogger log)
    : Actor<KeeperCommand>
{
    /// <summary>Time between two rounds; the first comes that long after the start.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<KeeperCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(KeeperCommand.Trim), Interval, KeeperCommand.Trim.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(KeeperCommand message, ActorContext<KeeperCommand> ctx)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ctx.Stopping).ConfigureAwait(false);
        if (!identity.IsDone)
            return; // Said by those who need it now; there is another hour.
        StoreResult<IReadOnlyList<StoredZone>> zones = await opened.Store.Zones.ListAsync(ctx.Stopping).ConfigureAwait(false);
        foreach (StoredZone zone in zones.Value ?? [])
        {
            RetentionPolicy policy = retention with { KeepFromSerial = promises?.OldestOf(zone.Key) };
            StoreResult<long> trimmed =
                await opened.Store.Journal.TrimAsync(zone.Head.ZoneId, policy, ctx.Stopping).ConfigureAwait(false);
            if (!trimmed.IsDone)
                Log.NotTrimmed(log, trimmed.Status.ToString(), trimmed.Message);
        }
    }
}

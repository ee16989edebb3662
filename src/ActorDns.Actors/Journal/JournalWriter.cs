using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Journal;

/// <summary>
/// Writes the changes of all zones of this node. Whatever waits becomes one transaction, and so one wait for the disk; each zone wins or
/// loses in it by itself. An outcome that got lost is looked for until it is known (ARCHITECTURE §5.4); nothing else is written meanwhile.
/// </summary>
/// <param name="opened">Where journals are kept.</param>
/// <param name="log">Category <c>database</c>.</param>
public sealed class JournalWriter(OpenedStore opened, ILogger log) : BatchActor<JournalCommand>
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Often, so that no single sweep keeps the updates waiting for long.</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    /// <summary>How long the history of a zone stays that is no longer configured.</summary>
    private static readonly TimeSpan KeepRemovedZones = TimeSpan.FromDays(30);

    private StoreStatus _lastStatus;

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<JournalCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(JournalCommand.Sweep), SweepInterval, JournalCommand.Sweep.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(ReadOnlyMemory<JournalCommand> batch, ActorContext<JournalCommand> ctx)
    {
        // Zones in the order of their numbers, so that two nodes never wait for each other's rows.
        List<JournalCommand.Append> group = [];
        bool isSweepDue = false;
        for (int i = 0; i < batch.Length; i++)
        {
            if (batch.Span[i] is JournalCommand.Append append)
                group.Add(append);
            else
                isSweepDue = true;
        }

        if (group.Count > 0)
            await AppendAsync(group, ctx).ConfigureAwait(false);
        if (isSweepDue)
            await SweepAsync(ctx).ConfigureAwait(false);
    }

    private async ValueTask AppendAsync(List<JournalCommand.Append> group, ActorContext<JournalCommand> ctx)
    {
        group.Sort(static (left, right) => left.Zone.ZoneId.CompareTo(right.Zone.ZoneId));
        StoreResult<IReadOnlyList<ZoneOutcome>> result = await WriteAsync(group, ctx).ConfigureAwait(false);
        Tell(result.Status, result.Message);
        for (int i = 0; i < group.Count; i++)
            group[i].Answer.Reply(new AppendAnswer(result.Status, result.Value?[i], result.Message));
    }

    // A store that is away is swept some other time.
    private async ValueTask SweepAsync(ActorContext<JournalCommand> ctx)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ctx.Stopping).ConfigureAwait(false);
        if (identity.IsDone)
            await opened.Store.SweepAsync(KeepRemovedZones, ctx.Stopping).ConfigureAwait(false);
    }

    private async ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> WriteAsync(
        List<JournalCommand.Append> zones, ActorContext<JournalCommand> ctx)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ctx.Stopping).ConfigureAwait(false);
        if (!identity.IsDone)
            return new(identity.Status, identity.Message);
        IJournal journal = opened.Store.Journal;
        AppendGroup group = new(Guid.NewGuid(), identity.Value.Epoch, [.. zones.Select(static append => append.Zone)]);
        StoreResult<IReadOnlyList<ZoneOutcome>> result = await journal.AppendAsync(group, ctx.Stopping).ConfigureAwait(false);
        for (TimeSpan pause = FirstPause; result.Status == StoreStatus.UnknownOutcome; pause = Longer(pause))
        {
            Log.OutcomeUnknown(log, group.CommitId, result.Message);
            await Task.Delay(pause, ctx.Clock, ctx.Stopping).ConfigureAwait(false);
            result = await journal.FindCommitAsync(group, ctx.Stopping).ConfigureAwait(false);
            if (!result.IsDone)
                result = new(StoreStatus.UnknownOutcome, result.Message);
        }

        return result;
    }

    /// <summary>One line when the store goes away and one when it is back, however many updates that costs.</summary>
    private void Tell(StoreStatus status, string message)
    {
        if (status == _lastStatus)
            return;
        if (status == StoreStatus.Done)
            Log.StoreIsBack(log);
        else
            Log.StoreFails(log, status.ToString(), message);
        _lastStatus = status;
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}

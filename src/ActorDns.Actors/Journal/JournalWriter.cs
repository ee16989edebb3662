using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Journal;

/// <summary>
/// Writes the changes of all zones of this node. Whatever waits becomes one transaction, and so one wait for the disk; each zone wins or
/// loses in it by itself. As long as an outcome is looked for, nothing else is written here.
/// </summary>
/// <param name="commits">How groups are written.</param>
public sealed class JournalWriter(GroupCommits commits) : BatchActor<JournalCommand>
{
    /// <summary>Often, so that no single sweep keeps the updates waiting for long.</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    /// <summary>How long the history of a zone stays that is no longer configured.</summary>
    private static readonly TimeSpan KeepRemovedZones = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<JournalCommand> ctx)
    {
        ctx.Timers.StartPeriodic(nameof(JournalCommand.Sweep), SweepInterval, JournalCommand.Sweep.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(ReadOnlyMemory<JournalCommand> batch, ActorContext<JournalCommand> ctx)
    {
        List<JournalCommand.Append> group = [];
        bool isSweepDue = false;
        for (int i = 0; i < batch.Length; i++)
        {
            switch (batch.Span[i])
            {
                case JournalCommand.Append append:
                    group.Add(append);
                    break;
                case JournalCommand.Unreadable failure:
                    commits.Tell(failure.Status, failure.Message);
                    break;
                default:
                    isSweepDue = true;
                    break;
            }
        }

        if (group.Count > 0)
            await AppendAsync(group, ctx).ConfigureAwait(false);
        if (isSweepDue)
            await SweepAsync(ctx).ConfigureAwait(false);
    }

    private async ValueTask AppendAsync(List<JournalCommand.Append> group, ActorContext<JournalCommand> ctx)
    {
        // Zones in the order of their numbers, so that two nodes never wait for each other's rows.
        group.Sort(static (left, right) => left.Zone.ZoneId.CompareTo(right.Zone.ZoneId));
        AppendAnswer[] answers =
            await commits.WriteAsync([.. group.Select(static append => append.Zone)], ctx.Stopping).ConfigureAwait(false);
        for (int i = 0; i < group.Count; i++)
            group[i].Answer.Reply(answers[i]);
    }

    /// <summary>
    /// A store that is away is swept some other time. How it goes tells that a store is back even when no update comes, as none does while
    /// this node says that it takes none.
    /// </summary>
    private async ValueTask SweepAsync(ActorContext<JournalCommand> ctx)
    {
        commits.Health?.Begin();
        StoreResult<StoreIdentity> identity = await commits.Opened.OpenAsync(ctx.Stopping).ConfigureAwait(false);
        if (!identity.IsDone)
        {
            commits.Health?.End(identity.Status, identity.Message);
            return;
        }

        StoreResult<long> swept = await commits.Opened.Store.SweepAsync(KeepRemovedZones, ctx.Stopping).ConfigureAwait(false);
        commits.Health?.End(swept.Status, swept.Message);
    }
}

using ActorDns.Actors.Journal;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Owns this node's copy of one zone and is its only writer. Work that may change the zone waits in line; one piece is under way at a time:
/// proposed on the version that is served, journaled, published, settled; updates that follow updates are evaluated meanwhile. Nothing is
/// visible before it is durable, and nothing is acknowledged before it is visible here.
/// </summary>
public sealed partial class ZoneActor : BatchActor<ZoneCommand>
{
    private const int MailboxCapacityMessages = 4_096;
    private const int RememberedAnswersCapacity = 4_096;
    private static readonly TimeSpan CollectInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LoadRetryInterval = TimeSpan.FromSeconds(5);
    private readonly ZoneState _zone;
    private readonly RememberedAnswers _remembered = new(RememberedAnswersCapacity);
    private readonly LinkedList<ZoneWork> _waiting = new();
    private ZoneWork? _work;
    private Proposal? _proposal;
    private readonly CatchUpLine _catchUps = new();
    private ReplyTo<bool>? _withdrawn;

    private ZoneActor(ZoneState zone)
    {
        _zone = zone;
        _next = new UpdateWork(_remembered);
    }

    /// <summary>The recipe of a zone's actor. What is served, and what waits to be freed, outlives a restart of it.</summary>
    /// <param name="published">Where readers find the zone.</param>
    /// <param name="journal">The zone's place in the store; null when nothing is journaled.</param>
    /// <param name="updates">Where its updates wait.</param>
    /// <param name="services">What all zones of the node share.</param>
    public static Props<ZoneCommand> CreateProps(
        PublishedZone published, ZoneJournal? journal, UpdateInbox updates, ZoneServices services)
    {
        ZoneState zone = new(published, journal, updates, services);
        return new Props<ZoneCommand>(() => new ZoneActor(zone))
        {
            MailboxCapacityMessages = MailboxCapacityMessages,
            MetricsGroup = "zones",
        };
    }

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(ReadOnlyMemory<ZoneCommand> batch, ActorContext<ZoneCommand> ctx)
    {
        for (int i = 0; i < batch.Length; i++)
            await TakeAsync(batch.Span[i], ctx).ConfigureAwait(false);
        await AdvanceAsync(ctx).ConfigureAwait(false);
        TellOthers(ctx);
        Collect(ctx);
    }

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<ZoneCommand> ctx)
    {
        ctx.Self.Tell(ZoneCommand.UpdatesWait.Instance); // After a restart: whoever added them has told the instance that failed.
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<ZoneCommand> ctx)
    {
        _zone.Updates.Close();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask PreRestartAsync(
        Exception reason, ReadOnlyMemory<ZoneCommand> inHand, ActorContext<ZoneCommand> ctx)
    {
        // Whether it was journaled is found out by the next append, which then loses and catches up. Clients hear of it by their deadline.
        DiscardProposal();
        _catchUps.End(0);
        return ValueTask.CompletedTask;
    }

    private async ValueTask TakeAsync(ZoneCommand command, ActorContext<ZoneCommand> ctx)
    {
        switch (command)
        {
            case ZoneCommand.Configure configure:
                _zone.Settings = configure.Settings;
                _next.Reconsider();
                break;
            case ZoneCommand.Load load:
                _waiting.AddLast(new LoadWork(load.File, load.Checks, load.IsExplicit ? LoadKind.Explicit : LoadKind.Usual, load.Done));
                break;
            case ZoneCommand.LoadAgain again when _withdrawn is null:
                _waiting.AddLast(again.Work);
                break;
            case ZoneCommand.Rollback rollback:
                _waiting.AddLast(new RollbackWork(rollback.Request));
                break;
            case ZoneCommand.UpdatesWait:
                break; // They are taken when nothing else is under way.
            case ZoneCommand.Journaled journaled:
                await DecidedAsync(journaled.Answer, ctx).ConfigureAwait(false);
                break;
            case ZoneCommand.Restore restore:
                _waiting.AddLast(new RestoreWork(restore));
                break;
            case ZoneCommand.TakeTransfer take when _withdrawn is null:
                _waiting.AddLast(new TransferWork(take.Transfer));
                break;
            case ZoneCommand.TakeTransfer late:
                new TransferWork(late.Transfer).Fail(_zone, StoreStatus.Unavailable, "the zone is taken out of service");
                break;
            case ZoneCommand.Expire expire:
                _waiting.AddLast(new ExpireWork(expire.Serial));
                break;
            case ZoneCommand.CatchUp catchUp:
                _catchUps.Add(catchUp);
                break;
            case ZoneCommand.ExpiryMoved:
                WriteBackLater(ctx);
                break;
            case ZoneCommand.LookAtStore:
                _isLookDue = true;
                break;
            case ZoneCommand.TellSecondaries:
                _told = null;
                break;
            case ZoneCommand.Recover recover:
                _waiting.AddLast(new RecoverWork(recover.Request));
                break;
            case ZoneCommand.SetFrozen set:
                SetFrozen(set.IsFrozen, ctx);
                break;
            case ZoneCommand.Withdraw withdraw:
                Withdraw(withdraw.Done);
                break;
            default:
                await TakeFileCommandAsync(command, ctx).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask AdvanceAsync(ActorContext<ZoneCommand> ctx)
    {
        await StartNextAsync(ctx).ConfigureAwait(false);
        EvaluateAhead();
    }

    /// <summary>Starts the next work when none is under way. Updates that wait together go together.</summary>
    private async ValueTask StartNextAsync(ActorContext<ZoneCommand> ctx)
    {
        while (_work is null && _withdrawn is null)
        {
            _next.Fill(_zone.Updates);
            if (NextCatchUp() is { } catchUp)
            {
                _work = catchUp;
            }
            else if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                _work = first.Value;
            }
            else if (!_next.IsEmpty)
            {
                _work = NextForUpdates();
            }
            else if (_zone.Updates.TryRest())
            {
                return;
            }

            if (_work is not UpdateWork)
                _next.Reconsider(); // It stands on what is served, and the same version is not followed twice.
            if (_work is not null)
                await ProposeAsync(ctx).ConfigureAwait(false);
        }
    }

    private async ValueTask ProposeAsync(ActorContext<ZoneCommand> ctx)
    {
        _proposal = await _work!.ProposeAsync(_zone, ctx.Stopping).ConfigureAwait(false);
        if (_proposal is null)
        {
            await SettleAsync(EndWork(), null, ctx).ConfigureAwait(false);
            return;
        }

        if (_zone.Journal is not { } place)
        {
            Proposal file = _proposal; // One that was read again: it is all the history there is.
            Publish(file);
            await SettleAsync(EndWork(), file, ctx).ConfigureAwait(false);
            return;
        }

        if (place.Resumed is not null)
        {
            Failed(StoreStatus.Unavailable, ZoneResuming.ReadOnly);
            return;
        }

        if (place.Version == 0 && _proposal.Checkpoint is null)
        {
            Failed(StoreStatus.Unavailable, "the zone is not in the journal");
            return;
        }

        if (_zone.Blocked is { } blocked && !_work.IsRecovery)
        {
            Failed(StoreStatus.Refused, blocked);
            return;
        }

        LeaseToken? lease = null;
        if (_work.IsStewards && place.Services.Cluster is { } cluster && (lease = cluster.Stewards.TokenOf(place.ZoneId)) is null)
        {
            Failed(StoreStatus.Refused, "another node is the steward of the zone by now");
            return;
        }

        ZoneAppend append = place.AppendOf(_proposal.Entries, _proposal.Import, _proposal.Checkpoint) with
        {
            Lease = lease,
            ExpectedVersion = _proposal.ExpectedVersion ?? place.Version,
        };
        if (_held is { } held)
        {
            _held = null;
            ctx.PipeToSelf(
                place.Services.Commits!.WriteAsync(append, held, ctx.Stopping),
                static decided => new ZoneCommand.Journaled(decided),
                static failure => new ZoneCommand.Journaled(new AppendAnswer(StoreStatus.Unavailable, null, failure.Message)));
            return;
        }

        ReplyTo<AppendAnswer> answer = ctx.ReplyToSelf<AppendAnswer>(static decided => new ZoneCommand.Journaled(decided));
        if (!place.Services.Writer.Tell(new JournalCommand.Append(append, answer)))
            Failed(StoreStatus.Unavailable, "the journal writer has no room");
    }

    private async ValueTask DecidedAsync(AppendAnswer answer, ActorContext<ZoneCommand> ctx)
    {
        if (_proposal is not { } proposal)
            return; // Proposed before a restart.
        if (answer.Outcome is not { } outcome)
        {
            Failed(answer.Status, answer.Message);
            return;
        }

        if (answer.IsWon)
        {
            _zone.Journal!.Reached(outcome.Head, answer.CommitId, proposal.Import);
            _zone.LastGroup = Math.Max(_zone.LastGroup, answer.Group);
            _zone.Blocked = null;
            _isAlone = true;
            Publish(proposal);
            ZoneWork won = EndWork();
            if (won is UpdateWork && !_next.IsEmpty)
                await StartNextAsync(ctx).ConfigureAwait(false); // What stands on it is written while its answers leave.
            await SettleAsync(won, proposal, ctx).ConfigureAwait(false);
            return;
        }

        _isAlone &= outcome.Status != ZoneOutcomeStatus.Lost;
        DiscardProposal();
        switch (outcome.Status)
        {
            case ZoneOutcomeStatus.Duplicate:
                _work!.TakeOut(outcome.Duplicates);
                await ProposeAsync(ctx).ConfigureAwait(false);
                break;
            case ZoneOutcomeStatus.Frozen: // By another node: whoever asks is told so.
                _zone.IsFrozen = true;
                await ProposeAsync(ctx).ConfigureAwait(false);
                break;
            case ZoneOutcomeStatus.Lost when _work is BaselineWork: // Another node was first: it is taken from the store now.
                await ProposeAsync(ctx).ConfigureAwait(false);
                break;
            case ZoneOutcomeStatus.Lost:
                await ProposeAfterLossAsync(ctx).ConfigureAwait(false);
                break;
            default:
                EndWork().Fail(_zone, StoreStatus.Unavailable, $"the journal says {outcome.Status}");
                break;
        }
    }

    private void Publish(Proposal proposal)
    {
        bool isOtherContent = proposal.Changes.Count == 0 && proposal.Next != _zone.Current; // No difference leads there.
        ChangeHistory? history = isOtherContent ? null : _zone.Current?.History;
        long maxBytes = _zone.Services.Histories.MaxBytes;
        foreach (ZoneChange change in proposal.Changes)
            history = ChangeHistory.Append(history, change, maxBytes);
        proposal.Next.History = history;
        _zone.Publish(proposal.Next);
    }

    private async ValueTask SettleAsync(ZoneWork work, Proposal? published, ActorContext<ZoneCommand> ctx)
    {
        long bytes = published?.Changes.Sum(static change => (long)change.Wire.Length) ?? 0;
        bool isNewContent = published is not null && work is TransferWork;
        await work.FinishAsync(_zone, ctx.Stopping).ConfigureAwait(false);
        work.Settle(_zone);
        if (work is UpdateWork)
            await default(BehindTheOthers); // Answers leave first: what their clients send next is in the next group.
        if (bytes > 0 || isNewContent)
            Changed(ctx, bytes);
        else if (work is CatchUpWork { HasMoved: true })
            Followed(ctx);
        else if (work is LoadWork { IsToBeTriedAgain: true } again)
            ctx.Timers.StartSingle(nameof(LoadWork), LoadRetryInterval, new ZoneCommand.LoadAgain(again));
        else if (work is LoadWork or RestoreWork or CatchUpWork && _zone is { Current: not null, Journal: { Version: 0, Resumed: null } })
            _waiting.AddLast(new BaselineWork());
        KeepCheckpoint(ctx);
    }

    private void Failed(StoreStatus status, string reason)
    {
        DiscardProposal();
        EndWork().Fail(_zone, status, reason);
    }

    private void DiscardProposal()
    {
        _next.Reconsider(); // Versions go in the opposite order of their making.
        if (_proposal is { } proposal)
            _work!.Discard(_zone, proposal);
        _proposal = null;
    }

    private ZoneWork EndWork()
    {
        ZoneWork ended = _work!;
        _work = null;
        _proposal = null;
        return ended;
    }

    private void Withdraw(ReplyTo<bool> done)
    {
        const string Why = "the zone is taken out of service";
        _withdrawn = done;
        _zone.Updates.Close();
        FailUpdates(Why);
        foreach (ZoneWork waiting in _waiting)
            waiting.Fail(_zone, StoreStatus.Unavailable, Why);
        _waiting.Clear();
        _catchUps.End(long.MaxValue);
        _zone.Journal?.Services.Cluster?.Zones.Remove(_zone.Journal);
    }

    private void Collect(ActorContext<ZoneCommand> ctx)
    {
        if (_withdrawn is not null && _work is null)
            _zone.Publish(null); // Not before: what is under way stands on the version that is served.
        _zone.Reclaimer.Collect();
        if (!_zone.Reclaimer.IsDrained)
        {
            ctx.Timers.StartSingle(nameof(ZoneCommand.Collect), CollectInterval, ZoneCommand.Collect.Instance);
        }
        else if (_withdrawn is { } done && _work is null && !_isWriting && !_isCheckpointing)
        {
            done.Reply(true);
            ctx.Stop();
        }
    }
}

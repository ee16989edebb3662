using ActorDns.Actors.Cluster;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Journal;

/// <summary>
/// Commits groups of changes. An outcome that got lost is looked for until it is known (ARCHITECTURE §5.4). Any thread may use it: zones
/// that hold their head write beside the journal writer, which may be waiting for heads that other nodes hold.
/// </summary>
/// <param name="opened">Where journals are kept.</param>
/// <param name="clock">Spaces the attempts to find an outcome.</param>
/// <param name="log">Category <c>database</c>.</param>
public sealed class GroupCommits(OpenedStore opened, TimeProvider clock, ILogger log)
{
    /// <summary>Each keeps a connection, and needs a second one to catch up: far fewer than a pool has.</summary>
    private const int HeldHeadsCapacity = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private int _heldHeads;
    private int _lastStatus = (int)StoreStatus.Done;

    /// <summary>Where journals are kept.</summary>
    public OpenedStore Opened { get; } = opened;

    /// <summary>Is told when the store fails; null when nobody asks.</summary>
    public StoreContact? Contact { get; init; }

    /// <summary>Numbers what is committed, for the other nodes; null when there are none.</summary>
    public CommittedGroups? Groups { get; init; }

    /// <summary>Is told how each attempt ended; null where nobody asks.</summary>
    public JournalHealth? Health { get; init; }

    /// <summary>Where groups are counted; null where nobody counts.</summary>
    public ActorsMetrics? Metrics { get; init; }

    /// <summary>Writes a group as one transaction; its outcomes are in the order of the zones.</summary>
    public async ValueTask<AppendAnswer[]> WriteAsync(IReadOnlyList<ZoneAppend> zones, CancellationToken ct)
    {
        Health?.Begin();
        (AppendAnswer[] answers, StoreResult<IReadOnlyList<ZoneOutcome>> result) = await CommitAsync(zones, null, ct).ConfigureAwait(false);
        Health?.End(result.Status, result.Message);
        return answers;
    }

    /// <summary>
    /// Takes the head of a zone that has lost, for it alone. Null when that cannot be, or so many are held that connections might run out:
    /// it goes on as if it had not lost.
    /// </summary>
    internal async ValueTask<IHeldHead?> HoldAsync(long zoneId, CancellationToken ct)
    {
        bool isHeld = false;
        if (Interlocked.Increment(ref _heldHeads) <= HeldHeadsCapacity)
        {
            try
            {
                StoreResult<IHeldHead> held = await Opened.Store.Journal.HoldAsync(zoneId, ct).ConfigureAwait(false);
                isHeld = held.IsDone;
                return held.Value;
            }
            finally
            {
                if (!isHeld)
                    Interlocked.Decrement(ref _heldHeads);
            }
        }

        Interlocked.Decrement(ref _heldHeads);
        return null;
    }

    /// <summary>Writes a zone's changes on its held head, which ends with it.</summary>
    internal async Task<AppendAnswer> WriteAsync(ZoneAppend zone, IHeldHead held, CancellationToken ct)
    {
        try
        {
            (AppendAnswer[] answers, StoreResult<IReadOnlyList<ZoneOutcome>> result) =
                await CommitAsync([zone], held, ct).ConfigureAwait(false);
            Health?.Say(result.Status, result.Message); // How long is waited is the writer's to tell.
            return answers[0];
        }
        finally
        {
            await ReleaseAsync(held).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of a head that is not written on.</summary>
    internal async ValueTask ReleaseAsync(IHeldHead held)
    {
        Interlocked.Decrement(ref _heldHeads);
        await held.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>One line when the store goes away and one when it is back, however many updates that costs.</summary>
    internal void Tell(StoreStatus status, string message)
    {
        if (status != StoreStatus.Done)
            Contact?.Lose();
        if (Interlocked.Exchange(ref _lastStatus, (int)status) == (int)status)
            return;
        if (status == StoreStatus.Done)
            Log.StoreIsBack(log);
        else
            Log.StoreFails(log, status.ToString(), message);
    }

    private async ValueTask<(AppendAnswer[] Answers, StoreResult<IReadOnlyList<ZoneOutcome>> Result)> CommitAsync(
        IReadOnlyList<ZoneAppend> zones, IHeldHead? held, CancellationToken ct)
    {
        Guid commitId = Guid.NewGuid();
        long started = clock.GetTimestamp();
        StoreResult<IReadOnlyList<ZoneOutcome>> result = await AppendAsync(commitId, zones, held, ct).ConfigureAwait(false);
        if (result.IsDone)
            Metrics?.Committed(clock.GetElapsedTime(started), zones.Count, zones.Sum(static zone => zone.Entries.Count));
        Tell(result.Status, result.Message);
        long number = result.IsDone ? Number(zones, result.Value) : 0;
        AppendAnswer[] answers = new AppendAnswer[zones.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = new AppendAnswer(result.Status, result.Value?[i], result.Message) { CommitId = commitId, Group = number };
        }

        return (answers, result);
    }

    private async ValueTask<StoreResult<IReadOnlyList<ZoneOutcome>>> AppendAsync(
        Guid commitId, IReadOnlyList<ZoneAppend> zones, IHeldHead? held, CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await Opened.OpenAsync(ct).ConfigureAwait(false);
        if (!identity.IsDone)
            return new(identity.Status, identity.Message);
        IJournal journal = Opened.Store.Journal;
        AppendGroup group = new(commitId, identity.Value.Epoch, zones);
        StoreResult<IReadOnlyList<ZoneOutcome>> result = held is null
            ? await journal.AppendAsync(group, ct).ConfigureAwait(false)
            : await held.AppendAsync(group, ct).ConfigureAwait(false);
        for (TimeSpan pause = FirstPause; result.Status == StoreStatus.UnknownOutcome; pause = Longer(pause))
        {
            Contact?.Lose();
            Log.OutcomeUnknown(log, group.CommitId, result.Message);
            Health?.Say(result.Status, result.Message);
            await Task.Delay(pause, clock, ct).ConfigureAwait(false);
            result = await journal.FindCommitAsync(group, ct).ConfigureAwait(false);
            if (!result.IsDone)
                result = new(StoreStatus.UnknownOutcome, result.Message);
        }

        return result;
    }

    /// <summary>The number of a group by which others acknowledge it; 0 when it wrote nothing, or there are no others.</summary>
    private long Number(IReadOnlyList<ZoneAppend> zones, IReadOnlyList<ZoneOutcome> outcomes)
    {
        if (Groups is null)
            return 0;
        List<ZoneHead> won = [];
        int updates = 0;
        for (int i = 0; i < zones.Count; i++)
        {
            if (outcomes[i].Status != ZoneOutcomeStatus.Won)
                continue;
            won.Add(outcomes[i].Head);
            updates += zones[i].Entries.Count(static entry => entry.Origin == ChangeOrigin.Update);
        }

        return won.Count == 0 ? 0 : Groups.Commit(won, updates);
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}

using ActorDns.Actors.Zones;
using ActorDns.Actors.Cluster;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Maintenance;

/// <summary>
/// Keeps one secondary zone as new as its primaries: asks them at start, when REFRESH or RETRY is over, on NOTIFY and on command; at most
/// one round at a time and one more waiting. When EXPIRE is over the zone is served no more, and asking goes on.
/// </summary>
public sealed class ZoneRefresher : Actor<RefreshCommand>
{
    private const int MaxForwards = 100;
    private static readonly TimeSpan RestoreDeadline = TimeSpan.FromHours(1);
    private static readonly TimeSpan RestoreRetryInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private readonly RefreshState _state;
    private readonly ILogger _general;
    private int _forwards;
    private bool _isRunning;
    private bool _isQueued;
    private bool _isForceQueued;

    private ZoneRefresher(RefreshState state)
    {
        _state = state;
        _general = state.Services.Loggers.CreateLogger("general");
    }

    private RefreshSettings Settings => _state.Settings!;

    /// <summary>The recipe of a zone's refresher. What it knows outlives a restart of it.</summary>
    public static Props<RefreshCommand> CreateProps(RefreshServices services)
    {
        RefreshState state = new(services);
        return new Props<RefreshCommand>(() => new ZoneRefresher(state)) { MetricsGroup = "refreshers" };
    }

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<RefreshCommand> ctx)
    {
        if (_state.Services.Journal is { Services.Cluster: { } cluster } place)
            cluster.Zones.At(place).Refresher = ctx.Self;
        if (_state.IsStarted)
        {
            ArmExpiry(ctx);
            if (IsSteward)
                ScheduleNext(_state.AfterFailure(), ctx);
        }
        else if (_state.Restoring is not null)
        {
            Restore(isAgain: true, ctx);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(RefreshCommand message, ActorContext<RefreshCommand> ctx)
    {
        switch (message)
        {
            case RefreshCommand.Configure configure:
                _state.Settings = configure.Settings;
                break;
            case RefreshCommand.Start start:
                _state.Restoring = start;
                Restore(isAgain: false, ctx);
                break;
            case RefreshCommand.RestoreDue:
                Restore(isAgain: true, ctx);
                break;
            case RefreshCommand.Restored restored:
                Restored(restored.Content, ctx);
                break;
            case RefreshCommand.Notified notified:
                Take(notified, ctx);
                break;
            case RefreshCommand.Due:
                Ask(isForced: false, ctx);
                break;
            case RefreshCommand.Refresh when !TryPass(StewardRequest.Refresh):
                Ask(isForced: false, ctx);
                break;
            case RefreshCommand.Retransfer when !TryPass(StewardRequest.Retransfer):
                Ask(isForced: true, ctx);
                break;
            case RefreshCommand.StewardChanged changed:
                Change(changed.IsSteward, ctx);
                break;
            case RefreshCommand.Followed:
                ReadExpiry(isDue: false, ctx);
                break;
            case RefreshCommand.ExpiryRead read:
                Take(read, ctx);
                break;
            case RefreshCommand.RoundEnded ended:
                await EndRoundAsync(ended.Result, ctx).ConfigureAwait(false);
                break;
            case RefreshCommand.ExpireDue:
                Expire(ctx);
                break;
            case RefreshCommand.Forward forward:
                Forward(forward, ctx);
                break;
            case RefreshCommand.ForwardEnded:
                _forwards--;
                break;
            case RefreshCommand.Status status:
                status.Answer.Reply(new RefreshStatus(_state.NextRefresh, _state.ExpiresAt));
                break;
        }
    }

    private void Restore(bool isAgain, ActorContext<RefreshCommand> ctx)
    {
        Task<AskResult<SecondaryContent>> asked = _state.Services.Writer.TryAskAsync<SecondaryContent>(
            done => _state.Restoring!.Restore(done) with { IsAgain = isAgain }, RestoreDeadline, ctx.Stopping);
        ctx.PipeToSelf(
            asked,
            static result => new RefreshCommand.Restored(result.TryGetReply(out SecondaryContent? content) ? content : null),
            static _ => new RefreshCommand.Restored(null));
    }

    private void Restored(SecondaryContent? content, ActorContext<RefreshCommand> ctx)
    {
        content ??= new SecondaryContent(null, null, []) { IsStoreAway = true };
        _state.Restoring!.Done.Reply(content);
        if (content.IsStoreAway)
            ctx.Timers.StartSingle(nameof(RefreshCommand.RestoreDue), RestoreRetryInterval, RefreshCommand.RestoreDue.Instance);
        else
            Begin(content.ExpiresAt, ctx);
    }

    private void Begin(DateTimeOffset? expiresAt, ActorContext<RefreshCommand> ctx)
    {
        if (!_state.IsStarted)
        {
            _state.IsStarted = true;
            _state.ReadSoa();
            if (_state.Soa is not null)
                _state.SetExpiry(expiresAt is { } until ? until - ctx.Clock.GetUtcNow() : _state.Expire);
            ArmExpiry(ctx);
        }

        Ask(isForced: false, ctx);
    }

    /// <summary>
    /// The hint of a NOTIFY may end the matter; otherwise the primaries are asked as at any other time (RFC 1996 §3.7, §3.11).
    /// </summary>
    private void Take(RefreshCommand.Notified notified, ActorContext<RefreshCommand> ctx)
    {
        string sender = notified.Sender.ToString();
        _state.Heard(notified.Sender.Address);
        if (TryPass(StewardRequest.Notified, notified))
            return;
        Log.NotifyHint(_general, Settings.LogName, sender, notified.Hint is { } hint ? $"serial {hint}" : "no serial");
        Serial? ours = _state.Services.Published.Current?.Serial;
        if (notified.Hint is { } theirs && ours is { } held && !theirs.IsNewerThan(held))
        {
            Log.NotifyIsUpToDate(_general, Settings.LogName, sender);
            return;
        }

        if (_isRunning)
            Log.NotifyQueued(_general, Settings.LogName, sender);
        Ask(isForced: false, ctx);
    }

    private void Ask(bool isForced, ActorContext<RefreshCommand> ctx)
    {
        if (_state.Settings is null || !_state.IsStarted || !IsSteward)
            return;
        if (_isRunning)
        {
            _isQueued = true;
            _isForceQueued |= isForced;
            return;
        }

        _isRunning = true;
        _state.NextRefresh = null;
        ctx.Timers.Cancel(nameof(RefreshCommand.Due));
        RefreshRound round = new(_state.Services, Settings, _state.Skipped(), isForced, ctx.Clock);
        ctx.PipeToSelf(
            round.RunAsync(ctx.Stopping),
            static result => new RefreshCommand.RoundEnded(result),
            static _ => new RefreshCommand.RoundEnded(new RefreshResult()));
    }

    private async ValueTask EndRoundAsync(RefreshResult result, ActorContext<RefreshCommand> ctx)
    {
        _isRunning = false;
        _state.Skip(result.Unreachable);
        _state.ReadSoa();
        if (result.IsFresh)
        {
            await _state.ExtendAsync(result, ctx.Stopping).ConfigureAwait(false);
            ArmExpiry(ctx);
        }

        if (IsSteward)
            ScheduleNext(result.IsFresh || result.IsTooMany ? _state.AfterSuccess() : _state.AfterFailure(), ctx);
        if (!_isQueued)
            return;
        bool isForced = _isForceQueued;
        _isQueued = _isForceQueued = false;
        Ask(isForced, ctx);
    }

    private void Forward(RefreshCommand.Forward forward, ActorContext<RefreshCommand> ctx)
    {
        if (_state.Settings is null || _forwards >= MaxForwards)
        {
            forward.Answer.Reply([]);
            return;
        }

        _forwards++;
        UpdateForward work = new(Settings, ctx.Clock, _state.Services.Loggers.CreateLogger("update"));
        ctx.PipeToSelf(
            work.RunAsync(forward, ctx.Stopping),
            static _ => RefreshCommand.ForwardEnded.Instance,
            static _ => RefreshCommand.ForwardEnded.Instance);
    }

    /// <summary>True on a node alone, and on the one of several that keeps the zone new.</summary>
    private bool IsSteward =>
        _state.Services.Journal is not { Services.Cluster: { } cluster, ZoneId: var id } || cluster.Stewards.Holds(id);

    /// <summary>Passes a request to the node that keeps the zone new; false when that is this one.</summary>
    private bool TryPass(StewardRequest request, RefreshCommand.Notified? notified = null)
    {
        if (IsSteward || _state.Services.Journal is not { Services.Cluster: { } cluster, ZoneId: var id })
            return false;
        cluster.Stewards.Pass(id, request, notified?.Sender, notified?.Hint);
        return true;
    }

    private void Change(bool isSteward, ActorContext<RefreshCommand> ctx)
    {
        if (isSteward)
        {
            Ask(isForced: false, ctx);
            return;
        }

        ctx.Timers.Cancel(nameof(RefreshCommand.Due));
        _state.NextRefresh = null;
    }

    private void ReadExpiry(bool isDue, ActorContext<RefreshCommand> ctx) => ctx.PipeToSelf(
        _state.Services.Journal!.ReadExpiryAsync(ctx.Stopping),
        stored => new RefreshCommand.ExpiryRead(stored, isDue),
        _ => new RefreshCommand.ExpiryRead(null, isDue));

    /// <summary>What the store says counts. A change that came just now is fresh, though the store may not say so yet.</summary>
    private void Take(RefreshCommand.ExpiryRead read, ActorContext<RefreshCommand> ctx)
    {
        DateTimeOffset now = ctx.Clock.GetUtcNow();
        if (read.IsDue && !(read.Stored > now))
        {
            if (_state.ExpiresIn <= TimeSpan.Zero)
                ExpireNow();
            return;
        }

        if (_state.Settings is null)
            return;
        _state.ReadSoa();
        _state.SetExpiry(read.Stored > now ? read.Stored.Value - now : _state.Expire);
        ArmExpiry(ctx);
    }

    private void ScheduleNext(TimeSpan wait, ActorContext<RefreshCommand> ctx)
    {
        _state.NextRefresh = ctx.Clock.GetUtcNow() + wait;
        ctx.Timers.StartSingle(nameof(RefreshCommand.Due), wait, RefreshCommand.Due.Instance);
    }

    private void ArmExpiry(ActorContext<RefreshCommand> ctx)
    {
        if (_state.ExpiresIn is not { } left)
            return;
        ctx.Timers.StartSingle(
            nameof(RefreshCommand.ExpireDue), left > ShortestWait ? left : ShortestWait, RefreshCommand.ExpireDue.Instance);
    }

    private void Expire(ActorContext<RefreshCommand> ctx)
    {
        if (_state.ExpiresIn is not { } left)
            return;
        if (left > TimeSpan.Zero)
        {
            ArmExpiry(ctx); // Timers count in other steps than the clock, and may come a little early.
            return;
        }

        if (_state.Services.Journal?.Services.Cluster is null)
            ExpireNow();
        else
            ReadExpiry(isDue: true, ctx); // Whoever keeps the zone new may have heard a primary since.
    }

    private void ExpireNow()
    {
        Log.Expired(_general, Settings.LogName);
        _state.SetExpiry(null);
        if (_state.Services.Published.Current is { } served)
            _state.Services.Writer.Tell(new ZoneCommand.Expire(served.Serial));
    }
}

using ActorDns.Actors.Zones;
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
        return new Props<RefreshCommand>(() => new ZoneRefresher(state));
    }

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<RefreshCommand> ctx)
    {
        if (_state.IsStarted)
        {
            ArmExpiry(ctx);
            ScheduleNext(_state.AfterFailure(), ctx);
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
                Start(start, ctx);
                break;
            case RefreshCommand.Notified notified:
                Take(notified, ctx);
                break;
            case RefreshCommand.Due or RefreshCommand.Refresh:
                Ask(isForced: false, ctx);
                break;
            case RefreshCommand.Retransfer:
                Ask(isForced: true, ctx);
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

    private void Start(RefreshCommand.Start start, ActorContext<RefreshCommand> ctx)
    {
        if (!_state.IsStarted)
        {
            _state.IsStarted = true;
            _state.ReadSoa();
            if (_state.Soa is not null)
                _state.SetExpiry(start.ExpiresAt ?? ctx.Clock.GetUtcNow() + _state.Expire);
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
        if (_state.Settings is null || !_state.IsStarted)
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
        RefreshRound round = new(_state.Services, Settings, _state.Skipped(ctx.Clock.GetUtcNow()), isForced, ctx.Clock);
        ctx.PipeToSelf(
            round.RunAsync(ctx.Stopping),
            static result => new RefreshCommand.RoundEnded(result),
            static _ => new RefreshCommand.RoundEnded(new RefreshResult()));
    }

    private async ValueTask EndRoundAsync(RefreshResult result, ActorContext<RefreshCommand> ctx)
    {
        DateTimeOffset now = ctx.Clock.GetUtcNow();
        _isRunning = false;
        _state.Skip(result.Unreachable, now);
        _state.ReadSoa();
        if (result.IsFresh)
        {
            await _state.ExtendAsync(result, now, ctx.Stopping).ConfigureAwait(false);
            ArmExpiry(ctx);
        }

        ScheduleNext(result.IsFresh ? _state.AfterSuccess() : _state.AfterFailure(), ctx);
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

    private void ScheduleNext(TimeSpan wait, ActorContext<RefreshCommand> ctx)
    {
        _state.NextRefresh = ctx.Clock.GetUtcNow() + wait;
        ctx.Timers.StartSingle(nameof(RefreshCommand.Due), wait, RefreshCommand.Due.Instance);
    }

    private void ArmExpiry(ActorContext<RefreshCommand> ctx)
    {
        if (_state.ExpiresAt is not { } until)
            return;
        TimeSpan left = until - ctx.Clock.GetUtcNow();
        ctx.Timers.StartSingle(
            nameof(RefreshCommand.ExpireDue), left > ShortestWait ? left : ShortestWait, RefreshCommand.ExpireDue.Instance);
    }

    private void Expire(ActorContext<RefreshCommand> ctx)
    {
        if (_state.ExpiresAt is not { } until)
            return;
        if (until > ctx.Clock.GetUtcNow())
        {
            ArmExpiry(ctx); // Timers count in other steps than the clock, and may come a little early.
            return;
        }

        Log.Expired(_general, Settings.LogName);
        _state.SetExpiry(null);
        if (_state.Services.Published.Current is { } served)
            _state.Services.Writer.Tell(new ZoneCommand.Expire(served.Serial));
    }
}

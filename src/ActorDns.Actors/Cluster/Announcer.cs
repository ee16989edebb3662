using ActorDns.Actors.Journal;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// Tells the other nodes what this one has committed, one signal at a time: what comes together meanwhile goes with the next. A signal that
/// was lost is not sent again; the numbers of the next one show the gap. Each second says how far this node has come.
/// </summary>
/// <param name="incarnation">This process.</param>
/// <param name="groups">The numbers given.</param>
/// <param name="opened">The store, which passes signals on.</param>
internal sealed class Announcer(Guid incarnation, CommittedGroups groups, OpenedStore opened) : BatchActor<AnnounceCommand>
{
    private static readonly TimeSpan RemindInterval = TimeSpan.FromSeconds(1);
    private readonly Dictionary<long, long> _zones = [];
    private long _first;
    private long _last;
    private bool _isSending;
    private bool _isReminderDue;

    /// <inheritdoc/>
    protected override ValueTask PreStartAsync(ActorContext<AnnounceCommand> ctx)
    {
        // After a restart: what was told to the instance before is a gap for the others.
        _last = groups.Last;
        _first = _last + 1;
        ctx.Timers.StartPeriodic(nameof(AnnounceCommand.Remind), RemindInterval, AnnounceCommand.Remind.Instance);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(ReadOnlyMemory<AnnounceCommand> batch, ActorContext<AnnounceCommand> ctx)
    {
        foreach (AnnounceCommand command in batch.Span)
        {
            switch (command)
            {
                case AnnounceCommand.Committed committed when committed.Group > _last:
                    Add(committed);
                    break;
                case AnnounceCommand.Sent:
                    _isSending = false;
                    break;
                case AnnounceCommand.Remind:
                    _isReminderDue = true;
                    break;
            }
        }

        if (!_isSending && (_first <= _last || _isReminderDue))
            Send(ctx);
        return ValueTask.CompletedTask;
    }

    private void Add(AnnounceCommand.Committed committed)
    {
        if (committed.Group > _last + 1)
        {
            // Some had no room here: the numbers left out tell the others.
            _first = committed.Group;
            _zones.Clear();
        }

        _last = committed.Group;
        foreach (ZoneVersion zone in committed.Zones)
            _zones[zone.ZoneId] = Math.Max(zone.Version, _zones.GetValueOrDefault(zone.ZoneId));
    }

    private void Send(ActorContext<AnnounceCommand> ctx)
    {
        ClusterSignal.Groups signal = new(
            incarnation, _first, _last, [.. _zones.Select(static zone => new ZoneVersion(zone.Key, zone.Value))]);
        _first = _last + 1;
        _zones.Clear();
        _isSending = true;
        _isReminderDue = false;
        ctx.PipeToSelf(
            SendAsync(signal, ctx.Stopping), static _ => AnnounceCommand.Sent.Instance, static _ => AnnounceCommand.Sent.Instance);
    }

    private async Task<bool> SendAsync(ClusterSignal.Groups signal, CancellationToken ct)
    {
        StoreResult<StoreIdentity> identity = await opened.OpenAsync(ct).ConfigureAwait(false);
        if (!identity.IsDone || opened.Store.Cluster?.Signals is not { } signals)
            return false;
        string text = signal.ToString();
        if (text.Length > signals.MaxTextBytes)
            text = (signal with { Zones = null }).ToString();
        return (await signals.SendAsync(text, ct).ConfigureAwait(false)).IsDone;
    }
}

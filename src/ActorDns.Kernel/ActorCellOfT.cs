using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>
/// The kernel's side of one actor: its mailbox, its turns and its life. The loop never faults and holds no lock in user
/// code.
/// </summary>
internal sealed class ActorCell<TMessage> : ActorCell, IThreadPoolWorkItem
    where TMessage : notnull
{
    // After so many messages without a pause the loop goes to the back of the thread pool's queue.
    private const int SliceMessages = 256;

    private readonly Props<TMessage> _props;
    private readonly Mailbox<TMessage> _mailbox;
    private readonly RestartBudget _budget;
    private Dictionary<ActorCell, DeathWatch<TMessage>>? _watches;
    private volatile DedicatedThreadActor<TMessage>? _dedicated;
    private ActorBase<TMessage>? _actor;
    private bool _started;
    private MailboxControl? _held;
    private int _sliceMessages;
    private long _handled;

    private ActorCell(ActorSystem system, ActorCell? parent, string name, Props<TMessage> props)
        : base(system, parent, name, props.MetricsGroup)
    {
        _props = props;
        _mailbox = new Mailbox<TMessage>(props.MailboxCapacityMessages);
        _budget = new RestartBudget(props.Supervision, system.Clock, system.Jitter);
        Ref = new ActorRef<TMessage>(this);
        Context = new ActorContext<TMessage>(this, props.StashCapacityMessages);
    }

    public ActorRef<TMessage> Ref { get; }

    public ActorContext<TMessage> Context { get; }

    /// <summary>What is being handled, for PreRestart.</summary>
    public ReadOnlyMemory<TMessage> InHand { get; set; }

    public override ActorRef UntypedRef => Ref;

    protected override int MailboxDepth => _mailbox.Depth;

    public static ActorRef<TMessage> Start(ActorSystem system, ActorCell? parent, string? name, Props<TMessage> props)
    {
        ArgumentNullException.ThrowIfNull(props);
        ActorCell<TMessage> cell = new(system, parent, name ?? TableUnder(system, parent).GenerateName(), props);
        cell.Siblings.Add(cell);
        ThreadPool.UnsafeQueueUserWorkItem(cell, preferLocal: false);
        return cell.Ref;
    }

    void IThreadPoolWorkItem.Execute() => _ = LiveAsync(); // Never faults.

    public bool Tell(TMessage message) => Conclude(_mailbox.Tell(message), message);

    public ValueTask<bool> TellAsync(TMessage message, CancellationToken cancellationToken)
    {
        TellOutcome outcome = _mailbox.Tell(message);
        return outcome == TellOutcome.Full ? WaitAsync() : ValueTask.FromResult(Conclude(outcome, message));

        async ValueTask<bool> WaitAsync() =>
            Conclude(await _mailbox.TellWhenRoomAsync(message, cancellationToken), message);
    }

    /// <summary>Puts a message in line that the actor owes to itself; false when the actor is stopping.</summary>
    public bool PutOwn(OwnMessage<TMessage> own)
    {
        if (_mailbox.Put(own))
        {
            WakeDedicated();
            return true;
        }
        if (own.Undelivered is { } value)
            System.AddDeadLetter(value, Path, DeadLetterReason.RecipientStopped);
        return false;
    }

    public override bool PutControl(MailboxControl control)
    {
        if (!_mailbox.Put(control))
            return false;
        WakeDedicated();
        return true;
    }

    public override void StopAfterDrain()
    {
        _mailbox.Close();
        PutControl(new MailboxControl.Pill());
    }

    /// <summary>
    /// Takes the next message. A control waits for the start of a turn, so that it comes after everything before it was handled; there
    /// an escalated failure is thrown.
    /// </summary>
    public bool TryTake([MaybeNullWhen(false)] out TMessage message, bool startOfTurn = true)
    {
        while (!IsStopRequested)
        {
            if (_held is { } held)
            {
                if (!startOfTurn)
                    break;
                _held = null;
                Perform(held);
                continue;
            }
            if (Context.Stash.TryTake(out message!))
                return true;
            if (!_mailbox.TryRead(out Envelope<TMessage> envelope))
                break;
            switch (envelope.Tag)
            {
                case null:
                    message = envelope.Message!;
                    return true;
                case OwnMessage<TMessage> own when own.TryMake(out message!):
                    return true;
                case MailboxControl control:
                    _held = control;
                    break;
            }
        }
        message = default;
        return false;
    }

    public ValueTask<bool> WaitForMailAsync()
    {
        ReportHandled();
        _sliceMessages = 0;
        return _mailbox.WaitToReadAsync();
    }

    /// <summary>Ends a turn; now and then lets others run.</summary>
    public ValueTask HandledAsync(int messages)
    {
        InHand = default;
        CountHandled(messages);
        _sliceMessages += messages;
        return _sliceMessages < SliceMessages ? ValueTask.CompletedTask : YieldAsync();

        async ValueTask YieldAsync()
        {
            ReportHandled();
            _sliceMessages = 0;
            await Task.Yield();
        }
    }

    public void CountHandled(int messages) => _handled += messages;

    public void ReportHandled()
    {
        if (_handled == 0)
            return;
        Interlocked.Add(ref Group.Processed, _handled);
        _handled = 0;
    }

    public void Watch(ActorRef other, Func<Terminated, TMessage> map)
    {
        Unwatch(other.Cell);
        DeathWatch<TMessage> watch = new(this, other, map);
        (_watches ??= []).Add(other.Cell, watch);
        other.Cell.AddWatcher(watch);
    }

    public void Unwatch(ActorCell other)
    {
        if (_watches is null || !_watches.Remove(other, out DeathWatch<TMessage>? watch))
            return;
        watch.IsCancelled = true;
        other.RemoveWatcher(watch);
    }

    public void Forget(ActorCell other) => _watches?.Remove(other);

    protected override void UnwatchChild(ActorCell child) => Unwatch(child);

    protected override void OnStopRequested()
    {
        _mailbox.Complete();
        WakeDedicated();
    }

    private bool Conclude(TellOutcome outcome, TMessage message)
    {
        switch (outcome)
        {
            case TellOutcome.Accepted:
                WakeDedicated();
                return true;
            case TellOutcome.Full:
                Interlocked.Increment(ref Group.Rejected);
                return false;
            default:
                System.AddDeadLetter(message, Path, DeadLetterReason.RecipientStopped);
                return false;
        }
    }

    private void WakeDedicated()
    {
        if (_dedicated is not { } dedicated)
            return;
        try
        {
            dedicated.CallWake();
        }
        catch (Exception failure)
        {
            Report(failure, FailurePoint.Hook, Directive.Resume);
        }
    }

    private void Perform(MailboxControl control)
    {
        switch (control)
        {
            case MailboxControl.Flush flush:
                flush.Done.TrySetResult();
                break;
            case MailboxControl.Pill:
                RequestStop();
                break;
            case MailboxControl.Escalation { Child.IsStopRequested: false } escalation:
                throw new ChildEscalationException(escalation.Child, escalation.Reason);
        }
    }

    private async Task LiveAsync()
    {
        try
        {
            await SuperviseAsync();
        }
        catch (Exception failure)
        {
            Report(failure, FailurePoint.Hook, Directive.Stop); // A strategy with impossible values.
        }
        await FinishAsync();
    }

    private async Task SuperviseAsync()
    {
        while (!IsStopRequested)
        {
            try
            {
                await RunInstanceAsync();
                break;
            }
            catch (OperationCanceledException) when (IsStopRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                if (!await RecoverAsync(failure))
                    break;
            }
        }
    }

    private async Task RunInstanceAsync()
    {
        if (_actor is null)
        {
            _actor = _props.Factory();
            _dedicated = _actor as DedicatedThreadActor<TMessage>;
            await _actor.CallPreStartAsync(Context);
            _started = true;
        }
        await _actor.RunAsync(this);
    }

    /// <summary>Does what the strategy says; false to stop.</summary>
    private async ValueTask<bool> RecoverAsync(Exception thrown)
    {
        ReportHandled();
        ChildEscalationException? escalation = thrown as ChildEscalationException;
        Exception reason = escalation?.Reason ?? thrown;
        FailurePoint point = escalation is not null ? FailurePoint.Child : _started ? FailurePoint.Receive : FailurePoint.Start;
        Directive directive = Decide(reason, out TimeSpan backoff);
        Report(reason, point, directive, backoff, _budget.Total);
        switch (directive)
        {
            case Directive.Resume:
                InHand = default;
                escalation?.Child.Resume();
                await BackOffAsync(backoff);
                return true;
            case Directive.Restart:
                await RestartAsync(reason, backoff);
                return true;
            case Directive.Escalate:
                bool resumed = await EscalateAsync(reason);
                InHand = default;
                if (!_started)
                    _actor = null;
                escalation?.Child.Resume();
                return resumed;
            default:
                return false;
        }
    }

    private Directive Decide(Exception reason, out TimeSpan backoff)
    {
        backoff = TimeSpan.Zero;
        if (IsStopRequested)
            return Directive.Stop;
        Directive directive;
        try
        {
            directive = _props.Supervision.Decide(reason);
        }
        catch (Exception failure)
        {
            Report(failure, FailurePoint.Hook, Directive.Stop);
            return Directive.Stop;
        }
        if (directive == Directive.Resume && !_started)
            directive = Directive.Restart;
        bool runsAgain = directive == Directive.Restart || (directive == Directive.Resume && _dedicated is not null);
        if (!runsAgain || _budget.TryTake(out backoff))
            return directive;
        return _props.Supervision.WhenExhausted == Directive.Escalate ? Directive.Escalate : Directive.Stop;
    }

    private async Task RestartAsync(Exception reason, TimeSpan backoff)
    {
        await StopChildrenAsync(forGood: false);
        Context.Timers.CancelAll();
        Context.Stash.UnstashAll();
        await CallHookAsync(actor => actor.CallPreRestartAsync(reason, InHand, Context), FailurePoint.PreRestart, Directive.Restart);
        InHand = default;
        _actor = null;
        _dedicated = null;
        Interlocked.Increment(ref Group.Restarts);
        await BackOffAsync(backoff);
    }

    private async Task BackOffAsync(TimeSpan backoff)
    {
        if (backoff > TimeSpan.Zero)
        {
            await Task.Delay(backoff, System.Clock, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Yield(); // Leaves the clock's thread.
        }
        _budget.Restarted();
    }

    private async Task FinishAsync()
    {
        RequestStop();
        await StopChildrenAsync(forGood: true);
        Context.Timers.CancelAll();
        await CallHookAsync(actor => actor.CallPostStopAsync(Context), FailurePoint.PostStop, Directive.Stop);
        _actor = null;
        _dedicated = null;
        foreach (ActorCell watched in _watches?.Keys.ToArray() ?? [])
            Unwatch(watched);
        BuryMessages();
        ReportHandled();
        End();
    }

    /// <summary>Runs a hook of an instance that had started; at most once per instance.</summary>
    private async Task CallHookAsync(Func<ActorBase<TMessage>, ValueTask> hook, FailurePoint point, Directive directive)
    {
        if (!_started)
            return;
        _started = false;
        try
        {
            await hook(_actor!);
        }
        catch (Exception failure)
        {
            Report(failure, point, directive, default, _budget.Total);
        }
    }

    private void BuryMessages()
    {
        Context.Stash.UnstashAll();
        while (Context.Stash.TryTake(out TMessage? stashed))
            System.AddDeadLetter(stashed!, Path, DeadLetterReason.LeftBehind);
        if (_held is not null)
            Settle(_held);
        while (_mailbox.TryRead(out Envelope<TMessage> envelope))
        {
            if (envelope.Tag is null)
                System.AddDeadLetter(envelope.Message!, Path, DeadLetterReason.LeftBehind);
            else
                Settle(envelope.Tag);
        }

        void Settle(object tag)
        {
            if (tag is MailboxControl.Flush flush)
                flush.Done.TrySetResult();
            else if (tag is OwnMessage<TMessage> { Undelivered: { } value })
                System.AddDeadLetter(value, Path, DeadLetterReason.LeftBehind);
        }
    }
}

namespace ActorDns.Kernel;

/// <summary>
/// What an actor sees of the kernel. For use in its own turn only (hooks and handlers, up to the end of the task they
/// return).
/// </summary>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
public sealed class ActorContext<TMessage>
    where TMessage : notnull
{
    private readonly ActorCell<TMessage> _cell;

    internal ActorContext(ActorCell<TMessage> cell, int stashCapacityMessages)
    {
        _cell = cell;
        Timers = new ActorTimers<TMessage>(cell);
        Stash = new MessageStash<TMessage>(stashCapacityMessages);
    }

    /// <summary>The actor's own reference; may be given to anyone.</summary>
    public ActorRef<TMessage> Self => _cell.Ref;

    /// <summary>The system the actor lives in.</summary>
    public ActorSystem System => _cell.System;

    /// <summary>The system's clock.</summary>
    public TimeProvider Clock => _cell.System.Clock;

    /// <summary>Timers whose ticks are messages.</summary>
    public ActorTimers<TMessage> Timers { get; }

    /// <summary>Messages put aside.</summary>
    public MessageStash<TMessage> Stash { get; }

    /// <summary>
    /// Is cancelled when the actor is asked to stop, so that a long wait inside a turn can end early. May be kept and
    /// passed on.
    /// </summary>
    public CancellationToken Stopping => _cell.Stopping;

    /// <summary>The children that have not ended.</summary>
    public IReadOnlyList<ActorRef> Children => [.. _cell.ChildCells().Select(static cell => cell.UntypedRef)];

    /// <summary>Starts a child. It is stopped before this actor stops or restarts, and may escalate its failures to it.</summary>
    /// <param name="name">Unique among the children that have not ended; null for a generated name.</param>
    /// <param name="props">The recipe.</param>
    /// <exception cref="InvalidOperationException">The name is taken, or this actor has stopped its children already.</exception>
    public ActorRef<TChild> Spawn<TChild>(string? name, Props<TChild> props)
        where TChild : notnull => ActorCell<TChild>.Start(_cell.System, _cell, name, props);

    /// <inheritdoc cref="Spawn{TChild}(string?, Props{TChild})"/>
    public ActorRef<TChild> Spawn<TChild>(string? name, Func<ActorBase<TChild>> factory)
        where TChild : notnull => Spawn(name, new Props<TChild>(factory));

    /// <summary>Stops this actor when the message or batch in hand is finished.</summary>
    public void Stop() => _cell.RequestStop();

    /// <summary>
    /// Asks a child to stop, without waiting. Await <see cref="ActorRef.Termination"/> or watch it to know when it has
    /// ended.
    /// </summary>
    /// <exception cref="ArgumentException">The actor is not a child of this one.</exception>
    public void Stop(ActorRef child)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (child.Cell.Parent != _cell)
            throw new ArgumentException($"{child.Path} is not a child of {_cell.Path}.", nameof(child));
        child.Cell.RequestStop();
    }

    /// <summary>
    /// Delivers one message when the other actor has ended, after everything that it sent before; at once if it has ended already.
    /// Watching again replaces the function. A watch stays over restarts of either side, except that a restart
    /// ends the watches on the children it stops.
    /// </summary>
    /// <param name="other">The actor to watch, anywhere in the system.</param>
    /// <param name="map">Makes the message, in this actor's turn.</param>
    public void Watch(ActorRef other, Func<Terminated, TMessage> map)
    {
        ArgumentNullException.ThrowIfNull(other);
        _cell.Watch(other, map);
    }

    /// <summary>Ends a watch. A notice that waits already is not delivered.</summary>
    public void Unwatch(ActorRef other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _cell.Unwatch(other.Cell);
    }

    /// <summary>
    /// Delivers the outcome of a task as a message, so that the actor can go on meanwhile. The message needs no room in
    /// the mailbox. After a
    /// restart it is delivered to the new instance; after a stop it is a dead letter.
    /// </summary>
    /// <param name="task">The work; already running.</param>
    /// <param name="onResult">Makes the message from the result, in the actor's turn.</param>
    /// <param name="onFailure">Makes the message from what the task threw (cancellation included), in the actor's turn.</param>
    public void PipeToSelf<TResult>(Task<TResult> task, Func<TResult, TMessage> onResult, Func<Exception, TMessage> onFailure)
    {
        ArgumentNullException.ThrowIfNull(task);
        _ = PipeAsync(); // Never faults: every exception becomes a message.

        async Task PipeAsync()
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _cell.PutOwn(task.IsCompletedSuccessfully
                ? new MappedMessage<TResult, TMessage>(task.Result, onResult)
                : new MappedMessage<Exception, TMessage>(
                    task.Exception?.InnerException ?? new TaskCanceledException(task), onFailure));
        }
    }

    /// <summary>
    /// Makes a reply address for one question to another actor: the reply arrives here as a message and needs no room in the mailbox.
    /// There is no deadline; set a timer where one is needed.
    /// </summary>
    /// <param name="map">Makes the message from the reply, in this actor's turn.</param>
    public ReplyTo<TReply> ReplyToSelf<TReply>(Func<TReply, TMessage> map) => new MappedReply<TReply, TMessage>(_cell, map);
}

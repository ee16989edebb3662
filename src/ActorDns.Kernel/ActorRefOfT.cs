namespace ActorDns.Kernel;

/// <summary>An actor as seen from outside: what it can be told and asked. Safe to use from any thread.</summary>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
public sealed class ActorRef<TMessage> : ActorRef
    where TMessage : notnull
{
    private readonly ActorCell<TMessage> _cell;

    internal ActorRef(ActorCell<TMessage> cell) => _cell = cell;

    internal override ActorCell Cell => _cell;

    /// <summary>Puts a message into the mailbox without waiting.</summary>
    /// <returns>
    /// False when the mailbox is full (counted as rejected) or the actor is gone (counted as a dead letter): nothing was sent and the
    /// caller decides what that means.
    /// </returns>
    public bool Tell(TMessage message) => _cell.Tell(message);

    /// <summary>Puts a message into the mailbox, waiting for room.</summary>
    /// <returns>False when the actor is gone, also if it stops meanwhile.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    public ValueTask<bool> TellAsync(TMessage message, CancellationToken cancellationToken = default) =>
        _cell.TellAsync(message, cancellationToken);

    /// <summary>Sends a question and waits for its answer until the deadline; every outcome but cancellation is a value.</summary>
    /// <param name="make">Makes the message around the address for the reply.</param>
    /// <param name="deadline">The longest wait, by the system's clock.</param>
    /// <param name="cancellationToken">Gives the wait up; the message stays sent.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task<AskResult<TReply>> TryAskAsync<TReply>(
        Func<ReplyTo<TReply>, TMessage> make, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(make);
        AskPromise<TReply> promise = new(_cell.System, Path);
        if (!Tell(make(promise)))
            return new AskResult<TReply>(AskStatus.Rejected, default);
        try
        {
            return Replied(await promise.Task.WaitAsync(deadline, _cell.System.Clock, cancellationToken));
        }
        catch (TimeoutException)
        {
            await Task.Yield(); // Leaves the clock's thread before the caller's code goes on.
            return promise.TryExpire() ? new AskResult<TReply>(AskStatus.TimedOut, default) : Replied(await promise.Task);
        }
        catch (OperationCanceledException)
        {
            promise.TryExpire();
            throw;
        }

        static AskResult<TReply> Replied(TReply reply) => new(AskStatus.Replied, reply);
    }

    /// <summary>Sends a question and waits for its answer until the deadline.</summary>
    /// <inheritdoc cref="TryAskAsync{TReply}" path="/param"/>
    /// <exception cref="AskTimeoutException">No reply came within the deadline.</exception>
    /// <exception cref="AskRejectedException">The mailbox was full or the actor is gone; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task<TReply> AskAsync<TReply>(
        Func<ReplyTo<TReply>, TMessage> make, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        AskResult<TReply> result = await TryAskAsync(make, deadline, cancellationToken);
        return result.Status switch
        {
            AskStatus.Replied => result.Reply!,
            AskStatus.TimedOut => throw new AskTimeoutException(Path, deadline),
            _ => throw new AskRejectedException(Path),
        };
    }
}

namespace ActorDns.Kernel;

/// <summary>An actor as seen from outside, whatever its messages are. Stays the same over restarts and compares by identity.</summary>
public abstract class ActorRef
{
    private protected ActorRef()
    {
    }

    /// <summary>The actor's name among its siblings.</summary>
    public string Name => Cell.Name;

    /// <summary>The names from the system down, such as <c>node1/zones/example.org</c>.</summary>
    public string Path => Cell.Path;

    /// <summary>Completes, always successfully, when the actor and all its children have ended.</summary>
    public Task Termination => Cell.Termination;

    /// <summary>True once the actor has ended.</summary>
    public bool IsTerminated => Cell.Termination.IsCompleted;

    internal abstract ActorCell Cell { get; }

    /// <summary>
    /// Asks the actor to stop: it finishes the message in hand, stops its children, then runs PostStop. Messages left become dead letters.
    /// An actor must not await its own stop; it calls <see cref="ActorContext{TMessage}.Stop()"/>.
    /// </summary>
    /// <returns><see cref="Termination"/>.</returns>
    public Task StopAsync()
    {
        Cell.RequestStop();
        return Cell.Termination;
    }

    /// <summary>Asks the actor to stop after everything that waits now has been handled; it takes no new tells.</summary>
    /// <returns><see cref="Termination"/>.</returns>
    public Task StopAfterDrainAsync()
    {
        Cell.StopAfterDrain();
        return Cell.Termination;
    }

    /// <summary>
    /// Completes when every message told before this call has been handled, or the actor has ended. Meant for tests and
    /// shutdown.
    /// </summary>
    public Task FlushAsync()
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Cell.PutControl(new MailboxControl.Flush(done)) ? done.Task : Cell.Termination;
    }

    /// <inheritdoc/>
    public override string ToString() => Path;
}

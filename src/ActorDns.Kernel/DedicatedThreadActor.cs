namespace ActorDns.Kernel;

/// <summary>
/// An actor that owns one operating-system thread and runs its own loop on it, such as a listener that blocks in a system call between
/// batches. Supervised like any other: if <see cref="Run"/> throws, the strategy decides, and a restart gets a new thread after the
/// back-off while the mailbox keeps what waits. If it returns without being asked to stop, the actor stops.
/// </summary>
/// <remarks>
/// The hooks PreStart, PreRestart and PostStop run on the thread pool while the thread is not running.
/// <see cref="Directive.Resume"/> means: run the same instance again, after the same back-off as a restart and within the same limits.
/// </remarks>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
public abstract class DedicatedThreadActor<TMessage> : ActorBase<TMessage>
    where TMessage : notnull
{
    /// <summary>
    /// The loop. Between blocking calls it must look at <see cref="DedicatedContext{TMessage}.StopRequested"/> and take what waits with
    /// <see cref="DedicatedContext{TMessage}.TryTake"/>.
    /// </summary>
    protected abstract void Run(DedicatedContext<TMessage> ctx);

    /// <summary>
    /// Interrupts the loop's blocking call, for example by writing to an event file descriptor. The kernel calls it after every message and
    /// at a request to stop, on the sender's thread and possibly before <see cref="Run"/> has begun or after it has ended. Must be
    /// thread-safe, quick, and remembered: a wake that comes before the blocking call must end that call at once.
    /// </summary>
    protected abstract void Wake();

    internal void CallWake() => Wake();

    internal sealed override Task RunAsync(ActorCell<TMessage> cell)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread thread = new(() => RunOnThread(cell, ended)) { IsBackground = true, Name = cell.Path };
        thread.UnsafeStart();
        return ended.Task;
    }

    private void RunOnThread(ActorCell<TMessage> cell, TaskCompletionSource ended)
    {
        try
        {
            Run(new DedicatedContext<TMessage>(cell));
            ended.SetResult();
        }
        catch (Exception failure)
        {
            ended.SetException(failure); // The cell awaits this task and hands the failure to the strategy.
        }
    }
}

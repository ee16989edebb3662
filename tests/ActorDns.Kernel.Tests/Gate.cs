namespace ActorDns.Kernel.Tests;

/// <summary>Holds an actor inside a turn until the test lets it go on.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when an actor is inside.</summary>
    public Task Entered => _entered.Task;

    public void Open() => _opened.TrySetResult();

    /// <summary>Called by the actor.</summary>
    public Task PassAsync()
    {
        _entered.TrySetResult();
        return _opened.Task;
    }
}

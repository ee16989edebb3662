using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>
/// The kernel's side of one actor, as far as it does not depend on the type of its messages: its place in the tree,
/// stop, watchers.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, and its token may be in use elsewhere.")]
internal abstract class ActorCell
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _termination = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<IDeathWatcher>? _watchers;
    private bool _ended;
    private int _stopRequested;
    private volatile TaskCompletionSource? _resumed;

    protected ActorCell(ActorSystem system, ActorCell? parent, string name, string? group)
    {
        System = system;
        Parent = parent;
        Name = name;
        Path = $"{parent?.Path ?? system.Name}/{name}";
        Group = parent?.Group ?? system.Metrics.GroupOf(group, name);
    }

    public ActorSystem System { get; }

    public ActorCell? Parent { get; }

    public string Name { get; }

    public string Path { get; }

    /// <summary>Where the whole tree under a top-level actor is counted.</summary>
    public GroupCounts Group { get; }

    public Task Termination => _termination.Task;

    public CancellationToken Stopping => _stopping.Token;

    public bool IsStopRequested => Volatile.Read(ref _stopRequested) != 0;

    public abstract ActorRef UntypedRef { get; }

    /// <summary>The table this cell stands in.</summary>
    protected ChildTable Siblings => Parent?.Children ?? System.TopLevel;

    protected ChildTable Children { get; } = new();

    protected abstract int MailboxDepth { get; }

    public static ChildTable TableUnder(ActorSystem system, ActorCell? parent) => parent?.Children ?? system.TopLevel;

    public List<ActorCell> ChildCells() => Children.Snapshot();

    public long DepthOfTree() => MailboxDepth + Children.Snapshot().Sum(static child => child.DepthOfTree());

    /// <summary>Puts a control in line with the messages; false when the actor is stopping.</summary>
    public abstract bool PutControl(MailboxControl control);

    public abstract void StopAfterDrain();

    public void RequestStop()
    {
        if (Interlocked.Exchange(ref _stopRequested, 1) != 0)
            return;
        OnStopRequested();
        _ = CancelAsync(); // Never faults. What waits for the token goes on elsewhere, not on the stopping caller's thread.

        async Task CancelAsync()
        {
            try
            {
                await _stopping.CancelAsync();
            }
            catch (AggregateException failure)
            {
                Report(failure, FailurePoint.Hook, Directive.Stop);
            }
        }
    }

    /// <summary>Lets the cell go on after an escalation.</summary>
    public void Resume() => _resumed?.TrySetResult();

    public void AddWatcher(IDeathWatcher watcher)
    {
        lock (_gate)
        {
            if (!_ended)
            {
                (_watchers ??= []).Add(watcher);
                return;
            }
        }
        watcher.OnDeath();
    }

    public void RemoveWatcher(IDeathWatcher watcher)
    {
        lock (_gate)
            _watchers?.Remove(watcher);
    }

    /// <summary>Closes the mailbox and wakes the loop.</summary>
    protected abstract void OnStopRequested();

    /// <summary>Forgets the watches on children that are about to be stopped by a restart.</summary>
    protected abstract void UnwatchChild(ActorCell child);

    protected void Report(Exception failure, FailurePoint point, Directive directive, TimeSpan backoff = default, int restarts = 0) =>
        System.Report(new ActorFailure(Path, failure, point, directive, backoff, restarts));

    protected async Task StopChildrenAsync(bool forGood)
    {
        List<ActorCell> cells = forGood ? Children.Close() : Children.Snapshot();
        foreach (ActorCell child in cells)
        {
            UnwatchChild(child);
            child.RequestStop();
        }
        foreach (ActorCell child in cells)
            await child.Termination;
    }

    /// <summary>Hands the failure to the parent and waits for its decision; false when the answer is to stop.</summary>
    protected async Task<bool> EscalateAsync(Exception reason)
    {
        TaskCompletionSource resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _resumed = resumed;
        if (Parent is null || !Parent.PutControl(new MailboxControl.Escalation(this, reason)))
            return false;
        await resumed.Task.WaitAsync(Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !IsStopRequested;
    }

    /// <summary>The last step of a life: frees the name, tells the watchers, completes <see cref="Termination"/>.</summary>
    protected void End()
    {
        Siblings.Remove(this);
        List<IDeathWatcher>? watchers;
        lock (_gate)
        {
            _ended = true;
            watchers = _watchers;
            _watchers = null;
        }
        foreach (IDeathWatcher watcher in watchers ?? [])
            watcher.OnDeath();
        _termination.SetResult();
    }
}

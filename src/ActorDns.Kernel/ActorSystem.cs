namespace ActorDns.Kernel;

/// <summary>
/// The root of a tree of actors: it spawns those of the top level, counts dead letters, and stops everything. Actors run on the thread
/// pool, or on threads of their own. Time comes from <see cref="Clock"/> alone.
/// </summary>
public sealed class ActorSystem : IAsyncDisposable
{
    /// <summary>The name of the meter with the kernel's instruments.</summary>
    public const string MeterName = "ActorDns.Kernel";

    private readonly ActorSystemOptions _options;
    private readonly KernelMetrics _metrics;
    private readonly ChildTable _topLevel = new();
    private long _deadLetters;

    /// <summary>Makes a system without actors.</summary>
    /// <param name="name">The first part of every path; the node's name.</param>
    /// <param name="clock">Drives ask deadlines, timers and back-offs.</param>
    /// <param name="options">Sinks and limits.</param>
    public ActorSystem(string name, TimeProvider clock, ActorSystemOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(clock);
        Name = name;
        Clock = clock;
        _options = options ?? new ActorSystemOptions();
        _metrics = new KernelMetrics(this, MailboxDepths);
    }

    /// <summary>The system's name.</summary>
    public string Name { get; }

    /// <summary>The clock given to the constructor.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Messages that nobody handled, since the start.</summary>
    public long DeadLetterCount => Interlocked.Read(ref _deadLetters);

    /// <summary>The top-level actors that have not ended.</summary>
    public IReadOnlyList<ActorRef> Actors => [.. _topLevel.Snapshot().Select(static cell => cell.UntypedRef)];

    internal KernelMetrics Metrics => _metrics;

    internal Func<double> Jitter => _options.Jitter;

    internal ChildTable TopLevel => _topLevel;

    /// <summary>Starts a top-level actor. If it escalates a failure, it is stopped and the failure sink is told.</summary>
    /// <param name="name">Unique among the top-level actors that have not ended; null for a generated name.</param>
    /// <param name="props">The recipe.</param>
    /// <exception cref="InvalidOperationException">The name is taken, or the system is stopping.</exception>
    public ActorRef<TMessage> Spawn<TMessage>(string? name, Props<TMessage> props)
        where TMessage : notnull => ActorCell<TMessage>.Start(this, null, name, props);

    /// <inheritdoc cref="Spawn{TMessage}(string?, Props{TMessage})"/>
    public ActorRef<TMessage> Spawn<TMessage>(string? name, Func<ActorBase<TMessage>> factory)
        where TMessage : notnull => Spawn(name, new Props<TMessage>(factory));

    /// <summary>
    /// Stops all actors, each after its children, and waits for them. No actor can be spawned afterwards. Where an order matters, stop
    /// those actors by their references first.
    /// </summary>
    /// <param name="deadline">The longest wait, by the system's clock.</param>
    /// <returns>Paths of the top-level actors that had not ended by the deadline; empty when all is well.</returns>
    public async Task<IReadOnlyList<string>> StopAsync(TimeSpan deadline)
    {
        List<ActorCell> cells = _topLevel.Close();
        foreach (ActorCell cell in cells)
            cell.RequestStop();
        Task all = Task.WhenAll(cells.Select(static cell => cell.Termination));
        try
        {
            await all.WaitAsync(deadline, Clock);
            return [];
        }
        catch (TimeoutException)
        {
            return [.. cells.Where(static cell => !cell.Termination.IsCompleted).Select(static cell => cell.Path)];
        }
    }

    /// <summary>Stops all actors within <see cref="ActorSystemOptions.DisposeDeadline"/> and ends the meter.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(_options.DisposeDeadline);
        _metrics.Dispose();
    }

    internal void AddDeadLetter(object message, string recipient, DeadLetterReason reason)
    {
        Interlocked.Increment(ref _deadLetters);
        if (_options.OnDeadLetter is { } sink)
            CallSink(sink, new DeadLetter(message, recipient, reason));
    }

    internal void Report(ActorFailure failure)
    {
        if (_options.OnFailure is { } sink)
            CallSink(sink, failure);
    }

    private void CallSink<T>(Action<T> sink, T value)
    {
        try
        {
            sink(value);
        }
        catch (Exception)
        {
            _metrics.AddSinkFailure(); // There is nobody left to tell.
        }
    }

    private IEnumerable<(GroupCounts Group, long Depth)> MailboxDepths() =>
        _topLevel.Snapshot().Select(static cell => (cell.Group, cell.DepthOfTree()));
}

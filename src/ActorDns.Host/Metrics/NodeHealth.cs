namespace ActorDns.Host.Metrics;

/// <summary>
/// Whether the node is ready, and why not. Each part of the node that can be missing adds a check; checks are quick, wait for nobody and
/// may be called from any thread.
/// </summary>
internal sealed class NodeHealth
{
    private readonly TimeProvider _clock;
    private readonly List<(ReadyPart Part, Func<NotReady?> Check)> _checks = [];
    private volatile Phase _phase;

    public NodeHealth(TimeProvider clock)
    {
        _clock = clock;
        _phase = new Phase(NodePhase.Starting, clock.GetUtcNow());
    }

    /// <summary>Where the node is in its life, and since when.</summary>
    public (NodePhase Phase, DateTimeOffset Since) Now
    {
        get
        {
            Phase phase = _phase;
            return (phase.Kind, phase.Since);
        }
    }

    /// <summary>Says where the node is from now on.</summary>
    public void Enter(NodePhase phase) => _phase = new Phase(phase, _clock.GetUtcNow());

    /// <summary>Adds a check: it gives what is missing, or null. Before the node starts.</summary>
    public void Add(ReadyPart part, Func<NotReady?> check) => _checks.Add((part, check));

    /// <summary>What keeps the node from being ready for something; nothing when it is.</summary>
    public IReadOnlyList<NotReady> Missing(ReadyPart part)
    {
        Phase phase = _phase;
        List<NotReady> missing = [];
        if (phase.Kind == NodePhase.Starting)
            missing.Add(new NotReady("start", "zones are being loaded", phase.Since));
        else if (phase.Kind == NodePhase.Draining)
            missing.Add(new NotReady("drain", "the server is stopping", phase.Since));
        foreach ((ReadyPart of, Func<NotReady?> check) in _checks)
        {
            if (of == part && check() is { } reason)
                missing.Add(reason);
        }

        return missing;
    }

    private sealed record Phase(NodePhase Kind, DateTimeOffset Since);
}

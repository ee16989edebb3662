using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>Work that all servers are given in turn, and the figures that come of it.</summary>
internal abstract class Scenario
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Id { get; }

    /// <summary>Its headline.</summary>
    public abstract string Title { get; }

    /// <summary>What is done, and how it is counted: a sentence or two below the headline.</summary>
    public abstract string Method { get; }

    /// <summary>The scene that its servers serve.</summary>
    public abstract string SceneId { get; }

    /// <summary>The figures, those that a target is set for first.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>True when it starts its servers itself, round by round; else they run all the time.</summary>
    public virtual bool StartsServers => false;

    /// <summary>Whether a vendor's server can do it.</summary>
    public virtual bool TakesPart(ServerKind kind) => true;

    /// <summary>What is done once before the first round.</summary>
    public virtual void Prepare(Server server, RoundLength length)
    {
        // Nothing, unless it says otherwise.
    }

    /// <summary>Does the work once; a figure for each metric.</summary>
    public abstract double[] Measure(Server server, RoundLength length);
}

/// <summary>How long one measurement lasts, where it is the time that is given.</summary>
/// <param name="Measured">A round.</param>
/// <param name="Warm">Before the first round: a server that compiles while it runs is measured as it goes on.</param>
internal sealed record RoundLength(TimeSpan Measured, TimeSpan Warm);

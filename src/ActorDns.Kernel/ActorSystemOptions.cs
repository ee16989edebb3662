namespace ActorDns.Kernel;

/// <summary>The sinks and limits of an <see cref="ActorSystem"/>.</summary>
/// <remarks>Sinks are called on the failing or sending thread, so they must be quick and thread-safe. What they throw
/// is counted and dropped.</remarks>
public sealed record ActorSystemOptions
{
    /// <summary>Is told of every exception that leaves an actor's code. Connect it to a log.</summary>
    public Action<ActorFailure>? OnFailure { get; init; }

    /// <summary>Is told of every dead letter.</summary>
    public Action<DeadLetter>? OnDeadLetter { get; init; }

    /// <summary>Source of the random part of restart delays: values from 0 to below 1.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>How long <see cref="ActorSystem.DisposeAsync"/> waits for the actors to stop, by the system's clock.</summary>
    public TimeSpan DisposeDeadline { get; init; } = TimeSpan.FromSeconds(30);
}

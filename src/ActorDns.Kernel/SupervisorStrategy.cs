namespace ActorDns.Kernel;

/// <summary>Decides by exception what happens to an actor that has thrown, and how often and how fast it may restart.</summary>
/// <remarks>
/// The delay before restart <c>n</c> is <c>InitialBackoff * 2^(n-1)</c>, at most <see cref="MaxBackoff"/>, plus a random part of up to
/// <see cref="JitterFraction"/> of itself. The exponent starts again after an instance has run for <see cref="Window"/> without failing.
/// </remarks>
public sealed record SupervisorStrategy
{
    /// <summary>Restarts on every exception: ten times a minute at most, from 100 ms to 10 s apart, then escalates.</summary>
    public static SupervisorStrategy Default { get; } = new();

    /// <summary>Stops the actor on every exception.</summary>
    public static SupervisorStrategy AlwaysStop { get; } = new() { Decide = static _ => Directive.Stop };

    /// <summary>Fails the parent on every exception.</summary>
    public static SupervisorStrategy AlwaysEscalate { get; } = new() { Decide = static _ => Directive.Escalate };

    /// <summary>Keeps the actor and its state on every exception.</summary>
    public static SupervisorStrategy AlwaysResume { get; } = new() { Decide = static _ => Directive.Resume };

    /// <summary>Chooses the directive; must be a pure function. If it throws itself, the actor is stopped.</summary>
    public Func<Exception, Directive> Decide { get; init; } = static _ => Directive.Restart;

    /// <summary>Restarts allowed within <see cref="Window"/>; <see cref="int.MaxValue"/> for no limit.</summary>
    public int MaxRestarts { get; init; } = 10;

    /// <summary>
    /// The span in which <see cref="MaxRestarts"/> are counted. It opens at the first restart after the last window has
    /// closed.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Delay before the first restart; zero restarts at once, always.</summary>
    public TimeSpan InitialBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest delay before a restart, without the random part.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Share of the delay that is added at random, from 0 (none) to 1.</summary>
    public double JitterFraction { get; init; } = 0.2;

    /// <summary>What follows when the restarts are used up: <see cref="Directive.Stop"/> or <see cref="Directive.Escalate"/>.</summary>
    public Directive WhenExhausted { get; init; } = Directive.Escalate;
}

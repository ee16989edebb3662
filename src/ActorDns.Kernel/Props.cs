namespace ActorDns.Kernel;

/// <summary>The recipe of an actor: how to make an instance, how much may wait for it, and what happens when it fails.</summary>
/// <remarks>
/// The factory runs again at every restart. State that must outlive a restart (a socket, a published snapshot) is captured by the
/// factory's closure; everything else starts afresh.
/// </remarks>
/// <typeparam name="TMessage">The closed base of the actor's messages.</typeparam>
/// <param name="Factory">Makes a new instance. Must not return the same instance twice.</param>
public sealed record Props<TMessage>(Func<ActorBase<TMessage>> Factory)
    where TMessage : notnull
{
    /// <summary>Messages that may wait in the mailbox before <see cref="ActorRef{TMessage}.Tell"/> refuses.</summary>
    public int MailboxCapacityMessages { get; init; } = 1_024;

    /// <summary>Messages that may be put aside with <see cref="ActorContext{TMessage}.Stash"/>.</summary>
    public int StashCapacityMessages { get; init; } = 1_024;

    /// <summary>
    /// The group under which a top-level actor and those below it are counted; null for its name. Actors of which there are many share one.
    /// </summary>
    public string? MetricsGroup { get; init; }

    /// <summary>What the kernel does when the actor throws.</summary>
    public SupervisorStrategy Supervision { get; init; } = SupervisorStrategy.Default;
}

namespace ActorDns.Kernel;

/// <summary>An exception that left an actor's code, with what the kernel did about it.</summary>
/// <param name="Path">Path of the actor that failed; for an escalation once per level.</param>
/// <param name="Exception">What was thrown.</param>
/// <param name="Point">Where it was thrown.</param>
/// <param name="Directive">What follows.</param>
/// <param name="Backoff">Delay before the actor runs again.</param>
/// <param name="Restarts">Restarts of this actor since it was spawned, this one included.</param>
public sealed record ActorFailure(
    string Path, Exception Exception, FailurePoint Point, Directive Directive, TimeSpan Backoff, int Restarts);

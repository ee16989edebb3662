namespace ActorDns.Kernel;

/// <summary>Carries a child's failure into its parent's turn. Never leaves the kernel.</summary>
internal sealed class ChildEscalationException(ActorCell child, Exception reason)
    : Exception("A child escalated its failure.", reason)
{
    public ActorCell Child { get; } = child;

    public Exception Reason { get; } = reason;
}

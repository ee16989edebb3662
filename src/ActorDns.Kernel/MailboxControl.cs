namespace ActorDns.Kernel;

/// <summary>What the kernel itself puts into a mailbox.</summary>
internal abstract record MailboxControl
{
    private MailboxControl()
    {
    }

    /// <summary>Completes when everything before it has been handled.</summary>
    internal sealed record Flush(TaskCompletionSource Done) : MailboxControl;

    /// <summary>Stops the actor when everything before it has been handled.</summary>
    internal sealed record Pill : MailboxControl;

    /// <summary>A child failed and left the decision to its parent.</summary>
    internal sealed record Escalation(ActorCell Child, Exception Reason) : MailboxControl;
}

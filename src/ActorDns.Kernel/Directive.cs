namespace ActorDns.Kernel;

/// <summary>What a supervisor does about an actor that has thrown.</summary>
public enum Directive
{
    /// <summary>Keep the instance and its state, drop the message in hand, go on with the next.</summary>
    Resume,

    /// <summary>Replace the instance by a new one after a back-off; mailbox, reference and watchers stay.</summary>
    Restart,

    /// <summary>Stop the actor for good.</summary>
    Stop,

    /// <summary>Fail the parent with the same exception, so that the parent's strategy decides. At the top level: stop.</summary>
    Escalate,
}

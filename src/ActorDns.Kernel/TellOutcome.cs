namespace ActorDns.Kernel;

/// <summary>What a mailbox did with a message.</summary>
internal enum TellOutcome
{
    Accepted,
    Full,
    Closed,
}

namespace ActorDns.Kernel;

/// <summary>A message that nobody will handle.</summary>
/// <param name="Message">The message, or the reply that came too late.</param>
/// <param name="Recipient">Path of the actor it was meant for; of the asked actor for a late reply.</param>
/// <param name="Reason">Why it was not handled.</param>
public sealed record DeadLetter(object Message, string Recipient, DeadLetterReason Reason);

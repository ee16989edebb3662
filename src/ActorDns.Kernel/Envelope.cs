namespace ActorDns.Kernel;

/// <summary>
/// One place in a mailbox: a message that was told (no tag), an <see cref="OwnMessage{TMessage}"/>, or a control of the
/// kernel.
/// </summary>
internal readonly record struct Envelope<TMessage>(TMessage? Message, object? Tag);

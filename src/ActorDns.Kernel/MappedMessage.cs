using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>A value from elsewhere that the actor's own function turns into a message, in the actor's turn.</summary>
internal sealed class MappedMessage<TValue, TMessage>(TValue value, Func<TValue, TMessage> map) : OwnMessage<TMessage>
{
    public override object? Undelivered => value;

    public override bool TryMake([MaybeNullWhen(false)] out TMessage message)
    {
        message = map(value);
        return true;
    }
}

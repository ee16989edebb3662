using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>What the loop of a <see cref="DedicatedThreadActor{TMessage}"/> sees. For use on that thread only.</summary>
public sealed class DedicatedContext<TMessage>
    where TMessage : notnull
{
    private readonly ActorCell<TMessage> _cell;

    internal DedicatedContext(ActorCell<TMessage> cell) => _cell = cell;

    /// <summary>The context that every actor has: children, timers, watches, clock.</summary>
    public ActorContext<TMessage> Actor => _cell.Context;

    /// <summary>True once the actor was asked to stop: the loop must return soon.</summary>
    public bool StopRequested => _cell.IsStopRequested;

    /// <summary>Takes the next message that waits, without blocking; false when there is none or the actor was asked to stop.</summary>
    public bool TryTake([MaybeNullWhen(false)] out TMessage message)
    {
        if (_cell.TryTake(out message))
        {
            _cell.CountHandled(1);
            return true;
        }
        _cell.ReportHandled();
        return false;
    }
}

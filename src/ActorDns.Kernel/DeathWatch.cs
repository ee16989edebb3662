using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>One watch: waits at the watched actor, then in the watcher's mailbox.</summary>
internal sealed class DeathWatch<TMessage>(ActorCell<TMessage> watcher, ActorRef watched, Func<Terminated, TMessage> map)
    : OwnMessage<TMessage>, IDeathWatcher
    where TMessage : notnull
{
    /// <summary>Set in the watcher's turn when the notice is no longer wanted.</summary>
    public bool IsCancelled { get; set; }

    public void OnDeath() => watcher.PutOwn(this);

    public override bool TryMake([MaybeNullWhen(false)] out TMessage message)
    {
        if (IsCancelled)
        {
            message = default;
            return false;
        }
        watcher.Forget(watched.Cell);
        message = map(new Terminated(watched));
        return true;
    }
}

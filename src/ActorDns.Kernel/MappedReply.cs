namespace ActorDns.Kernel;

/// <summary>A reply address inside an actor: the reply becomes one of its messages, once, and needs no room in the mailbox.</summary>
internal sealed class MappedReply<TReply, TMessage>(ActorCell<TMessage> cell, Func<TReply, TMessage> map) : ReplyTo<TReply>
    where TMessage : notnull
{
    private int _replied;

    public override bool Reply(TReply value)
    {
        if (Interlocked.Exchange(ref _replied, 1) == 0)
            return cell.PutOwn(new MappedMessage<TReply, TMessage>(value, map));
        cell.System.AddDeadLetter(value ?? (object)"null", cell.Path, DeadLetterReason.LateReply);
        return false;
    }
}

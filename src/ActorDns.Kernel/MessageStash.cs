namespace ActorDns.Kernel;

/// <summary>Messages put aside for later, up to a bound. For use in the actor's turn only.</summary>
public sealed class MessageStash<TMessage>
    where TMessage : notnull
{
    private readonly int _capacity;
    private Queue<TMessage> _put = new();
    private Queue<TMessage> _ready = new();

    internal MessageStash(int capacityMessages) => _capacity = capacityMessages;

    /// <summary>Messages put aside and not yet taken back.</summary>
    public int Count => _put.Count;

    /// <summary>Puts a message aside; false when the stash is full.</summary>
    public bool TryPut(TMessage message)
    {
        if (_put.Count >= _capacity)
            return false;
        _put.Enqueue(message);
        return true;
    }

    /// <summary>Takes all back: they are delivered next, in the order they were put aside, before what waits in the mailbox.</summary>
    public void UnstashAll()
    {
        while (_ready.TryDequeue(out TMessage? later))
            _put.Enqueue(later);
        (_put, _ready) = (_ready, _put);
    }

    internal bool TryTake(out TMessage? message) => _ready.TryDequeue(out message);
}

using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace ActorDns.Kernel;

/// <summary>
/// A single-reader queue with room for a fixed number of told messages. Messages an actor owes to itself need no room, so the queue
/// beneath is unbounded and the bound is a count of places.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Without a wait handle the semaphore holds nothing, and senders may still be leaving it.")]
internal sealed class Mailbox<TMessage>(int capacityMessages)
{
    private readonly Channel<Envelope<TMessage>> _queue =
        Channel.CreateUnbounded<Envelope<TMessage>>(new UnboundedChannelOptions { SingleReader = true });

    private readonly SemaphoreSlim _room = new(capacityMessages);
    private volatile bool _closed;

    /// <summary>Told messages that wait.</summary>
    public int Depth => Math.Max(0, capacityMessages - _room.CurrentCount);

    public TellOutcome Tell(TMessage message)
    {
        if (_closed)
            return TellOutcome.Closed;
        if (!_room.Wait(0))
            return _closed ? TellOutcome.Closed : TellOutcome.Full;
        return Write(message);
    }

    public async ValueTask<TellOutcome> TellWhenRoomAsync(TMessage message, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        if (!_closed)
            return Write(message);
        _room.Release(); // Hands the news on to the next sender that waits.
        return TellOutcome.Closed;
    }

    /// <summary>Puts an own message or a control in line; false after <see cref="Complete"/>.</summary>
    public bool Put(object tag) => _queue.Writer.TryWrite(new Envelope<TMessage>(default, tag));

    public bool TryRead(out Envelope<TMessage> envelope)
    {
        if (!_queue.Reader.TryRead(out envelope))
            return false;
        if (envelope.Tag is null)
            _room.Release();
        return true;
    }

    public ValueTask<bool> WaitToReadAsync() => _queue.Reader.WaitToReadAsync(CancellationToken.None);

    /// <summary>Refuses tells from now on; own messages and controls still get in.</summary>
    public void Close()
    {
        if (_closed)
            return;
        _closed = true;
        _room.Release();
    }

    /// <summary>Refuses everything from now on and wakes the reader.</summary>
    public void Complete()
    {
        Close();
        _queue.Writer.TryComplete();
    }

    private TellOutcome Write(TMessage message)
    {
        if (_queue.Writer.TryWrite(new Envelope<TMessage>(message, null)))
            return TellOutcome.Accepted;
        _room.Release();
        return TellOutcome.Closed;
    }
}

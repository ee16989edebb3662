using System.Threading.Channels;

namespace ActorDns.Kernel;

/// <summary>
/// An actor for tests that keeps what it is told until the test asks for it. It never sleeps: a wait ends with the message, or fails after
/// <see cref="Deadline"/> of real time, which is there to end a broken test and never to measure one.
/// </summary>
/// <typeparam name="TMessage">What the probe can be told.</typeparam>
public sealed class Probe<TMessage>
    where TMessage : notnull
{
    private readonly Channel<TMessage> _received = Channel.CreateUnbounded<TMessage>();

    /// <summary>Starts a probe.</summary>
    /// <param name="system">The system it lives in.</param>
    /// <param name="name">Its name; null for a generated one.</param>
    public Probe(ActorSystem system, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        Ref = system.Spawn(name, () => new Collector(_received.Writer));
    }

    /// <summary>The address to give to the actors under test.</summary>
    public ActorRef<TMessage> Ref { get; }

    /// <summary>Real time after which a wait fails.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Makes a reply address for one question; the reply arrives as a message of the probe.</summary>
    public ReplyTo<TMessage> NewReplyTo() =>
        new MappedReply<TMessage, TMessage>((ActorCell<TMessage>)Ref.Cell, static reply => reply);

    /// <summary>Waits for the next message.</summary>
    /// <exception cref="ProbeException">None came.</exception>
    public async Task<TMessage> ReceiveAsync()
    {
        using CancellationTokenSource deadline = new(Deadline);
        try
        {
            return await _received.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ProbeException($"{Ref.Path} received nothing within {Deadline}.");
        }
    }

    /// <summary>Waits for the next message, which must be of the given type.</summary>
    /// <exception cref="ProbeException">None came, or one of another type.</exception>
    public async Task<TExpected> ExpectAsync<TExpected>()
        where TExpected : TMessage
    {
        TMessage message = await ReceiveAsync();
        return message is TExpected expected
            ? expected
            : throw new ProbeException($"{Ref.Path} expected {typeof(TExpected).Name} and received {message}.");
    }

    /// <summary>Waits for the next message, which must equal the given one.</summary>
    /// <exception cref="ProbeException">None came, or another.</exception>
    public async Task ExpectAsync(TMessage expected)
    {
        TMessage message = await ReceiveAsync();
        if (!message.Equals(expected))
            throw new ProbeException($"{Ref.Path} expected {expected} and received {message}.");
    }

    /// <summary>
    /// Asserts that nothing was told to the probe before this call that the test has not received. Bring the sender to rest first, for
    /// example by <see cref="ActorRef.FlushAsync"/>.
    /// </summary>
    /// <exception cref="ProbeException">There is a message.</exception>
    public async Task ExpectNothingAsync()
    {
        await AwaitAsync(Ref.FlushAsync(), "come to rest");
        if (_received.Reader.TryRead(out TMessage? message))
            throw new ProbeException($"{Ref.Path} expected nothing and received {message}.");
    }

    /// <summary>Waits until an actor has ended.</summary>
    /// <exception cref="ProbeException">It has not within the deadline.</exception>
    public Task ExpectTerminationAsync(ActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return AwaitAsync(actor.Termination, $"see the end of {actor.Path}");
    }

    private async Task AwaitAsync(Task task, string what)
    {
        try
        {
            await task.WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            throw new ProbeException($"{Ref.Path} did not {what} within {Deadline}.");
        }
    }

    private sealed class Collector(ChannelWriter<TMessage> received) : Actor<TMessage>
    {
        protected override ValueTask ReceiveAsync(TMessage message, ActorContext<TMessage> ctx) => received.WriteAsync(message);
    }
}

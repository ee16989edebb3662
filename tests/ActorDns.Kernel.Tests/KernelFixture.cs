using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ActorDns.Kernel.Tests;

/// <summary>One actor system on a manual clock, with what its sinks were told.</summary>
public abstract class KernelFixture : IAsyncDisposable
{
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(20);

    private readonly Channel<DeadLetter> _deadLetters = Channel.CreateUnbounded<DeadLetter>();

    protected KernelFixture() =>
        System = new ActorSystem("test", Clock, new ActorSystemOptions
        {
            OnFailure = Failures.Enqueue,
            OnDeadLetter = letter =>
            {
                DeadLetters.Enqueue(letter);
                _deadLetters.Writer.TryWrite(letter);
            },
            Jitter = () => Jitter,
        });

    protected ManualClock Clock { get; } = new();

    protected ActorSystem System { get; }

    protected ConcurrentQueue<ActorFailure> Failures { get; } = new();

    protected ConcurrentQueue<DeadLetter> DeadLetters { get; } = new();

    protected double Jitter { get; set; }

    protected static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await Guard(System.DisposeAsync().AsTask());
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits for the next dead letter.</summary>
    protected Task<DeadLetter> NextDeadLetterAsync() => Guard(_deadLetters.Reader.ReadAsync(TestEnd));

    /// <summary>Ends a hanging test; no test measures with it.</summary>
    protected static Task Guard(Task task) => task.WaitAsync(HangGuard, TestEnd);

    /// <inheritdoc cref="Guard(Task)"/>
    protected static Task<T> Guard<T>(Task<T> task) => task.WaitAsync(HangGuard, TestEnd);

    /// <inheritdoc cref="Guard(Task)"/>
    protected static Task<T> Guard<T>(ValueTask<T> task) => Guard(task.AsTask());
}

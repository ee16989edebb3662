using System.Runtime.CompilerServices;

namespace ActorDns.Actors.Zones;

/// <summary>
/// To be awaited: goes on when what waits in the line of the thread pool has begun; at once when a thread is free.
/// </summary>
internal readonly struct BehindTheOthers : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public BehindTheOthers GetAwaiter() => this;

    public void GetResult()
    {
        // There is none.
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) =>
        ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);
}

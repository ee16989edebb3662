namespace ActorDns.Kernel;

/// <summary>The reply address of an ask: a task that is completed once.</summary>
internal sealed class AskPromise<TReply>(ActorSystem system, string askedPath) : ReplyTo<TReply>
{
    private readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TReply> Task => _reply.Task;

    /// <summary>Ends the wait; false when the reply came first.</summary>
    public bool TryExpire() => _reply.TrySetCanceled();

    public override bool Reply(TReply value)
    {
        if (_reply.TrySetResult(value))
            return true;
        system.AddDeadLetter(value ?? (object)"null", askedPath, DeadLetterReason.LateReply);
        return false;
    }
}

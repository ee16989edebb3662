using System.Diagnostics.CodeAnalysis;

namespace ActorDns.Kernel;

/// <summary>The outcome of <see cref="ActorRef{TMessage}.TryAskAsync{TReply}"/>.</summary>
/// <param name="Status">How the ask ended.</param>
/// <param name="Reply">The reply when <see cref="Status"/> is <see cref="AskStatus.Replied"/>.</param>
public readonly record struct AskResult<TReply>(AskStatus Status, TReply? Reply)
{
    /// <summary>Gives the reply if there is one.</summary>
    public bool TryGetReply([MaybeNullWhen(false)] out TReply reply)
    {
        reply = Reply;
        return Status == AskStatus.Replied;
    }
}

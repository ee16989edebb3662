using ActorDns.Kernel;

namespace ActorDns.Actors.Transfers;

/// <summary>What the manager of incoming transfers can be told.</summary>
public abstract record InboundCommand
{
    private InboundCommand()
    {
    }

    /// <summary>Fetches a zone as soon as the quotas allow.</summary>
    public sealed record Fetch(InboundTransfer Transfer, ReplyTo<InboundOutcome> Answer) : InboundCommand;

    /// <summary>Takes the quotas.</summary>
    public sealed record Configure(InboundSettings Settings) : InboundCommand;

    /// <summary>The number of transfers that run, and of those that wait.</summary>
    public sealed record Count(ReplyTo<(int Running, int Waiting)> Answer) : InboundCommand;

    /// <summary>A session has ended.</summary>
    internal sealed record Ended(long Session) : InboundCommand;
}

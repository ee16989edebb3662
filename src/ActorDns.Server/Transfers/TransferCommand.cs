using ActorDns.Kernel;

namespace ActorDns.Server.Transfers;

/// <summary>What the manager of outgoing transfers can be told.</summary>
public abstract record TransferCommand
{
    private TransferCommand()
    {
    }

    /// <summary>
    /// Starts a session if the quota allows. The reply tells at once; <paramref name="Ended"/> completes with the
    /// session.
    /// </summary>
    public sealed record Begin(TransferRequest Request, TaskCompletionSource Ended, ReplyTo<bool> Accepted) : TransferCommand;

    /// <summary>Lists the running sessions.</summary>
    public sealed record List(ReplyTo<IReadOnlyList<TransferInfo>> Reply) : TransferCommand;

    /// <summary>Ends one session; its connection is closed so that the client cannot take the part for the whole.</summary>
    public sealed record Cancel(long Session) : TransferCommand;

    /// <summary>Changes the limits for sessions to come.</summary>
    public sealed record Configure(TransferSettings Settings) : TransferCommand;

    /// <summary>A session has stopped.</summary>
    internal sealed record SessionEnded(long Session) : TransferCommand;
}

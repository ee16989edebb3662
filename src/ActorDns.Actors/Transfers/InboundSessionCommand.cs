namespace ActorDns.Actors.Transfers;

/// <summary>What a session that fetches a zone can be told.</summary>
internal abstract record InboundSessionCommand
{
    private InboundSessionCommand()
    {
    }

    /// <summary>Starts.</summary>
    internal sealed record Begin : InboundSessionCommand
    {
        internal static readonly Begin Instance = new();
    }
}

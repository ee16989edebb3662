namespace ActorDns.Server.Transfers;

/// <summary>What a transfer session can be told.</summary>
internal abstract record SessionCommand
{
    private SessionCommand()
    {
    }

    /// <summary>Make and send the next message.</summary>
    internal sealed record SendNext : SessionCommand
    {
        internal static readonly SendNext Instance = new();
    }

    /// <summary>Stop before the end and close the connection.</summary>
    internal sealed record Cancel : SessionCommand;

    /// <summary>The session has lasted too long.</summary>
    internal sealed record TimeOver : SessionCommand;
}

namespace ActorDns.Actors.Cluster;

/// <summary>What the announcer can be told.</summary>
internal abstract record AnnounceCommand
{
    private AnnounceCommand()
    {
    }

    /// <summary>This node has committed a group.</summary>
    internal sealed record Committed(long Group, IReadOnlyList<ZoneVersion> Zones) : AnnounceCommand;

    /// <summary>A signal was sent, or not.</summary>
    internal sealed record Sent : AnnounceCommand
    {
        internal static readonly Sent Instance = new();
    }

    /// <summary>It is time to say how far this node has come.</summary>
    internal sealed record Remind : AnnounceCommand
    {
        internal static readonly Remind Instance = new();
    }
}

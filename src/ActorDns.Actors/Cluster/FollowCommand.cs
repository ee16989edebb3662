using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>What the follower can be told.</summary>
internal abstract record FollowCommand
{
    private FollowCommand()
    {
    }

    /// <summary>Another node has committed groups.</summary>
    internal sealed record Heard(ClusterSignal.Groups Groups) : FollowCommand;

    /// <summary>Signals are heard from now on; what was sent before is lost.</summary>
    internal sealed record Listening : FollowCommand
    {
        internal static readonly Listening Instance = new();
    }

    /// <summary>The connection for signals has ended.</summary>
    internal sealed record ListenEnded(StoreStatus Status, string Message) : FollowCommand;

    /// <summary>It is time to listen again.</summary>
    internal sealed record Listen : FollowCommand
    {
        internal static readonly Listen Instance = new();
    }

    /// <summary>It is time to ask the feed, whatever was heard.</summary>
    internal sealed record Poll : FollowCommand
    {
        internal static readonly Poll Instance = new();
    }

    /// <summary>The feed was read.</summary>
    internal sealed record FeedRead(StoreResult<FeedPage> Page, bool IsWhole) : FollowCommand;

    /// <summary>The zones of the store were listed, after something about them had changed.</summary>
    internal sealed record Listed(StoreResult<IReadOnlyList<StoredZone>> Zones) : FollowCommand;

    /// <summary>A zone is served in a version, or was not brought further.</summary>
    internal sealed record CaughtUp(long ZoneId, long Version) : FollowCommand;

    /// <summary>Acknowledgements were sent, or not.</summary>
    internal sealed record AcknowledgementSent : FollowCommand
    {
        internal static readonly AcknowledgementSent Instance = new();
    }
}

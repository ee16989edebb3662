namespace ActorDns.Actors.Transfers;

/// <summary>How the attempt to fetch a zone ended.</summary>
public enum InboundStatus
{
    /// <summary>What the primary has is served here.</summary>
    Done,

    /// <summary>The primary has nothing newer.</summary>
    UpToDate,

    /// <summary>The primary answered, and nothing could be used of it.</summary>
    Failed,

    /// <summary>What the primary has breaks a limit of ours.</summary>
    TooMany,

    /// <summary>There was no connection.</summary>
    Unreachable,
}

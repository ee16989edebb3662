using ActorDns.Zones.Access;

namespace ActorDns.Actors.Maintenance;

/// <summary>What came of asking the primaries.</summary>
internal sealed record RefreshResult
{
    /// <summary>True when what is served is what a primary has, be it that it came just now.</summary>
    public bool IsFresh { get; init; }

    /// <summary>True when a transfer brought it.</summary>
    public bool IsTransferred { get; init; }

    /// <summary>True when what a primary has breaks a limit of ours: it is asked no earlier than after a good round.</summary>
    public bool IsTooMany { get; init; }

    /// <summary>Seconds until the zone expires at the primary, when it told them.</summary>
    public uint? ExpireSeconds { get; init; }

    /// <summary>The primaries that did not answer at all.</summary>
    public IReadOnlyList<NetEndpoint> Unreachable { get; init; } = [];
}

using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>What the one who keeps this node's stewardships can be told.</summary>
internal abstract record StewardCommand
{
    private StewardCommand()
    {
    }

    /// <summary>It is time to look who is to keep what.</summary>
    internal sealed record Look : StewardCommand
    {
        internal static readonly Look Instance = new();
    }

    /// <summary>Leases were taken and given back.</summary>
    internal sealed record Looked : StewardCommand
    {
        internal static readonly Looked Instance = new();
    }

    /// <summary>Passes a request to whoever is the steward.</summary>
    internal sealed record Pass(ClusterSignal.ForSteward Signal) : StewardCommand;

    /// <summary>A request from another node.</summary>
    internal sealed record Asked(ClusterSignal.ForSteward Signal) : StewardCommand;

    /// <summary>A request was passed on, or not.</summary>
    internal sealed record Passed(StoreResult<bool> Result) : StewardCommand;
}

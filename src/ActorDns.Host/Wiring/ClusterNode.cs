using System.Reflection;
using ActorDns.Actors.Cluster;
using ActorDns.Actors.Journal;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>This node as one of those that share a store.</summary>
internal sealed class ClusterNode
{
    private static readonly string Version =
        typeof(ClusterNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly ILogger _log;
    private Func<int> _zoneCount = static () => 0;
    private Func<IReadOnlyList<NetEndpoint>> _addresses = static () => [];

    /// <summary>Makes what the journal's writer needs.</summary>
    public ClusterNode(ActorSystem system, OpenedStore opened, NodeSettings settings, ILogger log)
    {
        _log = log;
        Membership membership = new(settings.Node, Guid.NewGuid()) { Describe = Describe };
        Actors = new ClusterActors(system, opened, membership, settings.Cluster, log);
    }

    /// <summary>What does the work.</summary>
    public ClusterActors Actors { get; }

    /// <summary>Takes its place among the others, before zones are read; false when it may not, which was logged.</summary>
    public async Task<bool> StartAsync(Func<int> zoneCount, Func<IReadOnlyList<NetEndpoint>> addresses, CancellationToken ct)
    {
        _zoneCount = zoneCount;
        _addresses = addresses;
        if (await Actors.StartAsync(ct) is not { } reason)
            return true;
        Log.NotInCluster(_log, Actors.Membership.Node, reason);
        return false;
    }

    /// <summary>Has the secondaries of a zone told by the node that does that; false when it is this one.</summary>
    public bool TryPassNotify(ZoneJournal place)
    {
        Stewardship stewards = Actors.Links.Stewards;
        if (place.ZoneId == 0 || stewards.Holds(place.ZoneId))
            return false;
        stewards.PassNotify(place.ZoneId);
        return true;
    }

    private MemberReport Describe(MemberReport report) => report with
    {
        Addresses = [.. _addresses().Select(static endpoint => endpoint.ToString())],
        Version = Version,
        Zones = _zoneCount(),
        Updates = Actors.Groups.Updates,
        IsLagging = Actors.IsBehind,
    };
}

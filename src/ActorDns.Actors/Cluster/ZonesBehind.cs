using ActorDns.Actors.Zones;
using ActorDns.Kernel;

namespace ActorDns.Actors.Cluster;

/// <summary>The zones of which this node knows of newer versions than it serves, and what waits for them.</summary>
internal sealed class ZonesBehind(FollowedZones zones)
{
    /// <summary>After that time a zone is asked again: a question may have got lost with a restart of its actor.</summary>
    private static readonly TimeSpan AskAgainInterval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, Wanted> _wanted = [];

    /// <summary>True when everything that is known of is served.</summary>
    public bool IsEmpty => _wanted.Count == 0;

    /// <summary>Wants a version of a zone; nothing happens when it is served, or the zone is none of this node's.</summary>
    public void Want(ZoneVersion version, Portion? portion, ActorContext<FollowCommand> ctx)
    {
        if (!zones.TryFind(version.ZoneId, out FollowedZone? zone))
            return;
        if (zone.Place.IsDisputed)
            zone.Writer?.Tell(ZoneCommand.LookAtStore.Instance); // It may have been recovered, under a version that seems to be held.
        if (zone.Place.ServedVersion >= version.Version)
            return;
        if (!_wanted.TryGetValue(version.ZoneId, out Wanted? wanted))
            _wanted[version.ZoneId] = wanted = new Wanted();
        if (portion is not null)
        {
            portion.Outstanding++;
            wanted.Waiting.Add((version.Version, portion));
        }

        if (version.Version > wanted.Version)
        {
            wanted.Version = version.Version;
            Ask(version.ZoneId, zone, wanted, ctx);
        }
    }

    /// <summary>Lets something wait for all that is wanted now.</summary>
    public void WaitForAll(Portion portion)
    {
        foreach (Wanted wanted in _wanted.Values)
        {
            portion.Outstanding++;
            wanted.Waiting.Add((wanted.Version, portion));
        }
    }

    /// <summary>A zone is served in a version.</summary>
    public void Reached(long zoneId, long version)
    {
        if (!_wanted.TryGetValue(zoneId, out Wanted? wanted))
            return;
        wanted.Waiting.RemoveAll(waiting =>
        {
            if (waiting.Version > version)
                return false;
            waiting.Portion.Outstanding--;
            return true;
        });
        if (version >= wanted.Version)
            _wanted.Remove(zoneId);
    }

    /// <summary>Asks those again that have not answered, or could not.</summary>
    public void AskAgain(ActorContext<FollowCommand> ctx)
    {
        foreach ((long zoneId, Wanted wanted) in _wanted.ToArray())
        {
            if (!zones.TryFind(zoneId, out FollowedZone? zone))
                Reached(zoneId, long.MaxValue);
            else if (ctx.Clock.GetElapsedTime(wanted.AskedAt) >= AskAgainInterval)
                Ask(zoneId, zone, wanted, ctx);
        }
    }

    private static void Ask(long zoneId, FollowedZone zone, Wanted wanted, ActorContext<FollowCommand> ctx)
    {
        wanted.AskedAt = ctx.Clock.GetTimestamp();
        zone.Writer?.Tell(new ZoneCommand.CatchUp(
            wanted.Version, ctx.ReplyToSelf<long>(version => new FollowCommand.CaughtUp(zoneId, version))));
    }

    private sealed class Wanted
    {
        public long Version { get; set; }

        public long AskedAt { get; set; }

        public List<(long Version, Portion Portion)> Waiting { get; } = [];
    }
}

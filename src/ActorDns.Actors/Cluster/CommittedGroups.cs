using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>Numbers the groups that this process commits: 1, 2 and so on, over restarts of its actors.</summary>
public sealed class CommittedGroups
{
    private long _last;
    private long _updates;

    /// <summary>The number of the newest group; 0 before the first.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Updates that were applied since the start.</summary>
    public long Updates => Volatile.Read(ref _updates);

    /// <summary>Who tells the other nodes.</summary>
    internal ActorRef<AnnounceCommand>? Announcer { get; set; }

    /// <summary>
    /// Gives a group that was committed just now its number and has it announced. When the announcer has no room, the others find the gap.
    /// </summary>
    internal long Commit(IEnumerable<ZoneHead> won, int updates)
    {
        Interlocked.Add(ref _updates, updates);
        long number = Interlocked.Increment(ref _last);
        Announcer?.Tell(new AnnounceCommand.Committed(number, [.. won.Select(static head => new ZoneVersion(head.ZoneId, head.Version))]));
        return number;
    }
}

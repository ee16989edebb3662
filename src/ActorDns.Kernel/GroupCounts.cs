namespace ActorDns.Kernel;

/// <summary>What the actors of one group have done; changed by interlocked additions.</summary>
internal sealed class GroupCounts(string name)
{
    public long Processed;
    public long Restarts;
    public long Rejected;

    /// <summary>The tag of the group's measurements.</summary>
    public KeyValuePair<string, object?> Tag { get; } = new("actor.group", name);
}

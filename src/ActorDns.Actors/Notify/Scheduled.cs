namespace ActorDns.Actors.Notify;

/// <summary>Something that has one time at which it is due, or none.</summary>
internal abstract class Scheduled
{
    /// <summary>When it is due; set by <see cref="Schedule"/> alone.</summary>
    public TimeSpan? Due { get; set; }

    /// <summary>Tells those that are due at the same time apart.</summary>
    public long Order { get; set; }
}

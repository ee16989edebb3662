using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Cluster;

/// <summary>
/// Who is to be told when operators have changed something in the store, from whichever node. They are called in the turn of an actor and
/// must not wait. More than one change may be told as one.
/// </summary>
public sealed class StoreChanges
{
    /// <summary>Zones were added, changed, removed, frozen or thawed.</summary>
    public event Action? ZoneSet;

    /// <summary>Keys of the registry have changed.</summary>
    public event Action? Keys;

    /// <summary>Tells what has grown.</summary>
    internal void Tell(StoreRevisions before, StoreRevisions now)
    {
        if (before.ZoneSet != now.ZoneSet)
            ZoneSet?.Invoke();
        if (before.Keys != now.Keys)
            Keys?.Invoke();
    }
}

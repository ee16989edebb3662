namespace ActorDns.Actors.Zones;

/// <summary>Who waits for a zone to serve what other nodes wrote.</summary>
internal sealed class CatchUpLine
{
    private readonly List<ZoneCommand.CatchUp> _waiting = [];

    /// <summary>True when nobody waits.</summary>
    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Lets somebody wait.</summary>
    public void Add(ZoneCommand.CatchUp command) => _waiting.Add(command);

    /// <summary>Answers those who have what they want.</summary>
    public void Reached(long version) => _waiting.RemoveAll(waiting =>
    {
        if (waiting.Version > version)
            return false;
        waiting.Done.Reply(version);
        return true;
    });

    /// <summary>Answers all.</summary>
    public void End(long version)
    {
        foreach (ZoneCommand.CatchUp waiting in _waiting)
            waiting.Done.Reply(version);
        _waiting.Clear();
    }
}

namespace ActorDns.Flood.Servers;

/// <summary>A zone file that every server of a scene is given.</summary>
/// <param name="Origin">Name of the zone, with its final dot.</param>
/// <param name="Path">The file.</param>
/// <param name="Records">Records in it.</param>
internal sealed record SceneZone(string Origin, string Path, long Records)
{
    /// <summary>The name without its final dot, as configurations have it.</summary>
    public string Name => Origin.TrimEnd('.');
}

/// <summary>What a group of scenarios has its servers serve: all get the same zones, key and permissions.</summary>
/// <param name="Id">Names the folder.</param>
/// <param name="Zones">What is served.</param>
internal sealed record Scene(string Id, SceneZone[] Zones)
{
    /// <summary>Whether the key may update the zones, and the servers journal.</summary>
    public bool TakesUpdates { get; init; }

    /// <summary>Port on the loopback address of the primary that the zones come from; null when they come from their files.</summary>
    public int? PrimaryPort { get; init; }

    /// <summary>Which secondary each server has beside it.</summary>
    public SecondaryChoice Secondary { get; init; }

    /// <summary>Port on the loopback address of the secondary that is to be notified; null when there is none.</summary>
    public int? SecondaryPort { get; init; }
}

/// <summary>A secondary that a server is measured with.</summary>
internal enum SecondaryChoice
{
    /// <summary>No secondary.</summary>
    None,

    /// <summary>A BIND, whatever the primary is.</summary>
    Bind,

    /// <summary>The same vendor's server.</summary>
    Equal,
}

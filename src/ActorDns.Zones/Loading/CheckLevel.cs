namespace ActorDns.Zones.Loading;

/// <summary>What a check does with what it finds.</summary>
public enum CheckLevel
{
    /// <summary>Says nothing.</summary>
    Ignore,

    /// <summary>Warns and loads the zone.</summary>
    Warn,

    /// <summary>Refuses the zone.</summary>
    Fail,
}

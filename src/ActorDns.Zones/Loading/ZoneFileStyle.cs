namespace ActorDns.Zones.Loading;

/// <summary>The looks of a master file.</summary>
public enum ZoneFileStyle
{
    /// <summary>Every record on a line of its own with all fields, names absolute, in columns as BIND writes them.</summary>
    Full,

    /// <summary>With $ORIGIN and $TTL; owners relative and written once, a TTL only where it is another.</summary>
    Relative,
}

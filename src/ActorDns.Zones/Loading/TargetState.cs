namespace ActorDns.Zones.Loading;

/// <summary>What a query for the addresses of a name in the zone would meet.</summary>
internal enum TargetState
{
    /// <summary>Not in the zone, so that nothing can be said of it.</summary>
    Outside,

    /// <summary>An address.</summary>
    Address,

    /// <summary>An address below a zone cut.</summary>
    Glue,

    /// <summary>No address.</summary>
    Missing,

    /// <summary>An alias.</summary>
    Cname,

    /// <summary>A name below DNAME.</summary>
    BelowDname,

    /// <summary>A name at or below a zone cut, without address here.</summary>
    Delegated,
}

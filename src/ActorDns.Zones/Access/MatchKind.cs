namespace ActorDns.Zones.Access;

/// <summary>What a match element looks at.</summary>
public enum MatchKind : byte
{
    /// <summary>Every request.</summary>
    Any,

    /// <summary>Requests from a network.</summary>
    Prefix,

    /// <summary>Requests with a verified signature of one key.</summary>
    Key,

    /// <summary>Requests from an address of this host.</summary>
    LocalHost,

    /// <summary>Requests from a network that this host is in.</summary>
    LocalNets,

    /// <summary>Requests that another list allows.</summary>
    Nested,
}

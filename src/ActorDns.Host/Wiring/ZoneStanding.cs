namespace ActorDns.Host.Wiring;

/// <summary>How a zone of this node stands.</summary>
internal enum ZoneStanding
{
    /// <summary>Queries are answered from it.</summary>
    Served,

    /// <summary>A primary zone that is being loaded.</summary>
    Loading,

    /// <summary>A primary zone that could not be loaded.</summary>
    Failed,

    /// <summary>A secondary zone without content: not transferred yet, or expired.</summary>
    AwaitingTransfer,
}

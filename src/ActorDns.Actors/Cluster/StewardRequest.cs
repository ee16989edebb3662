namespace ActorDns.Actors.Cluster;

/// <summary>What a zone's steward is asked to do, wherever the request came in.</summary>
internal enum StewardRequest
{
    /// <summary>Ask the primaries (<c>rndc refresh</c>).</summary>
    Refresh,

    /// <summary>Fetch the whole zone (<c>rndc retransfer</c>).</summary>
    Retransfer,

    /// <summary>A NOTIFY came in.</summary>
    Notified,

    /// <summary>Tell the secondaries (<c>rndc notify</c>).</summary>
    Notify,
}

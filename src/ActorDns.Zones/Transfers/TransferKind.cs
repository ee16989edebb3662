namespace ActorDns.Zones.Transfers;

/// <summary>What the answer to a request for a zone turned out to be.</summary>
public enum TransferKind
{
    /// <summary>Not known yet.</summary>
    Unknown,

    /// <summary>One SOA that is not newer than ours (RFC 1995 §2).</summary>
    UpToDate,

    /// <summary>The whole zone, be it as an answer to IXFR (RFC 1995 §4).</summary>
    Whole,

    /// <summary>Difference sequences.</summary>
    Differences,
}

namespace ActorDns.Host.Metrics;

/// <summary>What a node can be ready for.</summary>
internal enum ReadyPart
{
    /// <summary>Answering queries and transfers.</summary>
    Serve,

    /// <summary>Taking updates.</summary>
    Write,
}

namespace ActorDns.Server.Ports;

/// <summary>Where refused requests are kept for the operator. Neither call waits: a listener's thread has other things to do.</summary>
public interface IRefusalSink
{
    /// <summary>True when refused queries are wanted too, which are many.</summary>
    bool TakesQueries { get; }

    /// <summary>
    /// Takes a place for one refusal; false when there is none, as under a flood: then it is counted, and nobody need describe it. After
    /// true, <see cref="Add"/> follows.
    /// </summary>
    bool TryReserve();

    /// <summary>Hands a refusal over.</summary>
    void Add(RefusedRequest refusal);
}

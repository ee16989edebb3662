namespace ActorDns.Host.Wiring;

/// <summary>What commands may do to the process around the node.</summary>
public sealed record ProcessControl
{
    /// <summary>The debug level now.</summary>
    public required Func<int> DebugLevel { get; init; }

    /// <summary>Changes the debug level.</summary>
    public required Action<int> SetDebugLevel { get; init; }

    /// <summary>Ends the process; true ends it without waiting for what is in flight.</summary>
    public required Action<bool> Stop { get; init; }
}

namespace ActorDns.Zones.Keys;

/// <summary>What the registry does next with a line of keys.</summary>
public abstract record KeyStep
{
    private KeyStep()
    {
    }

    /// <summary>Every node knows the new key: it signs from now on, and its predecessor retires.</summary>
    /// <param name="Key">The pending key.</param>
    public sealed record Activate(RegisteredKey Key) : KeyStep;

    /// <summary>Nobody has used the key for long enough.</summary>
    /// <param name="Key">The retiring key.</param>
    public sealed record Retire(RegisteredKey Key) : KeyStep;

    /// <summary>The key has reached the age at which it is replaced.</summary>
    /// <param name="Key">The active key.</param>
    public sealed record Rotate(RegisteredKey Key) : KeyStep;
}

namespace ActorDns.Zones.Keys;

/// <summary>Where a registered key is in its life.</summary>
public enum KeyState
{
    /// <summary>Verifies wherever it is known, and does not sign yet.</summary>
    Pending,

    /// <summary>Signs and verifies.</summary>
    Active,

    /// <summary>Verifies, and signs only for peers that do not know its successor yet.</summary>
    Retiring,

    /// <summary>Its time is over; the secret is gone.</summary>
    Retired,

    /// <summary>Taken out of service at once, for example because it was betrayed; the secret is gone.</summary>
    Revoked,
}

namespace ActorDns.Configuration.Model;

/// <summary>Whom a zone's changes are told to.</summary>
public enum NotifyMode
{
    /// <summary>Nobody.</summary>
    No,

    /// <summary>The name servers of the zone and the list of <c>also-notify</c>.</summary>
    Yes,

    /// <summary>The list of <c>also-notify</c> only.</summary>
    Explicit,

    /// <summary>As <c>yes</c> in a primary zone and nobody in a secondary.</summary>
    PrimaryOnly,
}

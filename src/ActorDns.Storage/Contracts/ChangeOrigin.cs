namespace ActorDns.Storage.Contracts;

/// <summary>What caused a change.</summary>
public enum ChangeOrigin
{
    /// <summary>A dynamic update (RFC 2136).</summary>
    Update,

    /// <summary>A transfer from a primary.</summary>
    Transfer,

    /// <summary>A zone file that was read.</summary>
    Reload,

    /// <summary>DNSSEC maintenance by the server itself.</summary>
    Sign,

    /// <summary>An operator's return to earlier content.</summary>
    Rollback,

    /// <summary>An operator's command about the zone itself: a serial that was set.</summary>
    Control,

    /// <summary>An operator's decision what counts after the store had lost changes.</summary>
    Recovery,
}

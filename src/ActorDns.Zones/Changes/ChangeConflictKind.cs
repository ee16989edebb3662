namespace ActorDns.Zones.Changes;

/// <summary>Why a change does not fit a version of a zone.</summary>
public enum ChangeConflictKind
{
    /// <summary>It is a change of another zone.</summary>
    OtherZone,

    /// <summary>The version has another SOA than the one that the change starts from.</summary>
    OtherSoa,

    /// <summary>A record to be removed is not there.</summary>
    RemovedIsMissing,

    /// <summary>A record to be added is there already.</summary>
    AddedIsThere,

    /// <summary>A record to be added cannot stand beside what is there.</summary>
    NotAddable,
}

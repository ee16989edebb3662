namespace ActorDns.Host.Wiring;

/// <summary>How a change to one zone at run time ended.</summary>
internal enum ZoneEditOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    UpToDate,

    /// <summary>There is such a zone already.</summary>
    Exists,

    /// <summary>There is no such zone.</summary>
    NotFound,

    /// <summary>The statement is not understood.</summary>
    BadStatement,

    /// <summary>The statement is understood and not acceptable.</summary>
    BadZone,

    /// <summary>The zone's file is not there.</summary>
    FileNotFound,

    /// <summary>The zone's file cannot be loaded.</summary>
    NotLoaded,

    /// <summary>The change cannot be kept over a restart.</summary>
    NotStored,
}

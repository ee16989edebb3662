namespace ActorDns.Host.Wiring;

/// <summary>Which zones are read when a configuration takes effect.</summary>
internal enum LoadScope
{
    /// <summary>All: a start or a reload.</summary>
    All,

    /// <summary>Those that are not loaded, and those whose file is another one now: a reconfig.</summary>
    Unloaded,

    /// <summary>Those that are new, and those whose file is another one now: a change to one zone.</summary>
    New,
}

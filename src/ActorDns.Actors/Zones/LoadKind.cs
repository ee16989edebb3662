namespace ActorDns.Actors.Zones;

/// <summary>Why a zone's file is read.</summary>
internal enum LoadKind
{
    /// <summary>With all others: at the start, or when the configuration is read again.</summary>
    Usual,

    /// <summary>An operator asks for this zone.</summary>
    Explicit,

    /// <summary>An operator ends the time in which the file was edited.</summary>
    Thaw,
}

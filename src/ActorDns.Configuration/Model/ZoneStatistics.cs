namespace ActorDns.Configuration.Model;

/// <summary>How much is counted for a zone.</summary>
public enum ZoneStatistics
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The least.</summary>
    Terse,

    /// <summary>Everything.</summary>
    Full,
}

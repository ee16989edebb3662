namespace ActorDns.Configuration.Model;

/// <summary>What follows when a zone check finds fault.</summary>
public enum CheckMode
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>A warning.</summary>
    Warn,

    /// <summary>The zone is refused.</summary>
    Fail,
}

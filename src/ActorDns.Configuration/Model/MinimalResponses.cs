namespace ActorDns.Configuration.Model;

/// <summary>When answers carry only what they must.</summary>
public enum MinimalResponses
{
    /// <summary>Never.</summary>
    No,

    /// <summary>Always.</summary>
    Yes,

    /// <summary>The authority section is left out.</summary>
    NoAuth,

    /// <summary>The authority section is left out for queries that ask for recursion.</summary>
    NoAuthRecursive,
}

namespace ActorDns.Server.Views;

/// <summary>How much a positive answer carries beyond the answer itself (<c>minimal-responses</c>).</summary>
public enum MinimalResponses
{
    /// <summary>Authority and additional sections are filled.</summary>
    No,

    /// <summary>Only what is needed.</summary>
    Yes,

    /// <summary>No authority section.</summary>
    NoAuthority,

    /// <summary>No authority section for clients that asked for recursion; BIND's default.</summary>
    NoAuthorityForRecursive,
}

namespace ActorDns.Configuration.Model;

/// <summary>How a CHAOS text or the NSID option is answered.</summary>
public enum IdentitySource
{
    /// <summary>The built-in value.</summary>
    BuiltIn,

    /// <summary>No answer (<c>none</c>).</summary>
    Disabled,

    /// <summary>The host's own name (<c>hostname</c>).</summary>
    HostName,

    /// <summary>The text that was written.</summary>
    Text,
}

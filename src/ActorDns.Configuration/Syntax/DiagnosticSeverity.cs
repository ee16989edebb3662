namespace ActorDns.Configuration.Syntax;

/// <summary>What a diagnostic means for the two questions asked of a configuration: does it pass the check, may it be loaded.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Neither verdict changes.</summary>
    Warning,

    /// <summary>The check passes, as <c>named-checkconf</c> does; loading fails, as <c>named</c> does.</summary>
    LoadError,

    /// <summary>The check fails, as <c>named-checkconf</c> 9.18 does; loading goes on, since this server can live with it.</summary>
    CheckError,

    /// <summary>The check fails and nothing is loaded.</summary>
    Error,
}

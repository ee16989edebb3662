namespace ActorDns.Configuration.Syntax;

/// <summary>One finding in a configuration; printed as <c>file:line: message</c>.</summary>
public sealed record ConfigDiagnostic(DiagnosticSeverity Severity, string File, int Line, string Message)
{
    /// <summary>True when <c>checkconf</c> must end with a non-zero exit code.</summary>
    public bool FailsCheck => Severity is DiagnosticSeverity.Error or DiagnosticSeverity.CheckError;

    /// <summary>True when the server must refuse the configuration.</summary>
    public bool FailsLoad => Severity is DiagnosticSeverity.Error or DiagnosticSeverity.LoadError;

    /// <summary>The line as it is shown to the operator.</summary>
    public override string ToString() => $"{File}:{Line}: {Message}";
}

using System.Collections.Immutable;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration;

/// <summary>
/// What became of a configuration. The model is there when the text could be read to its end; whether it may be used is
/// <see cref="CanLoad"/>, whether it passes the check is <see cref="PassesCheck"/>.
/// </summary>
public sealed record LoadResult(NamedConfiguration? Model, ConfigTree Tree, ImmutableArray<ConfigDiagnostic> Diagnostics)
{
    /// <summary>True when the server may run with the model.</summary>
    public bool CanLoad => Model is not null && !Diagnostics.Any(d => d.FailsLoad);

    /// <summary>True when <c>checkconf</c> ends with exit code zero, as <c>named-checkconf</c> 9.18 does for the same file.</summary>
    public bool PassesCheck => !Diagnostics.Any(d => d.FailsCheck);
}

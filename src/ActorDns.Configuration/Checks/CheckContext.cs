using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>What all checks share: the tree, look-ups in it, and the diagnostics, each reported once.</summary>
internal sealed class CheckContext(SyntaxValue.Block root, ImmutableArray<ConfigDiagnostic>.Builder diagnostics)
{
    private readonly HashSet<ConfigDiagnostic> _reported = [];

    public SyntaxValue.Block Root => root;

    public SyntaxValue.Block? Options { get; } = root.Find("options")?.Block;

    /// <summary>The port that sources may not use.</summary>
    public long DnsPort => Options?.Find("port")?.Scalar.AsNumber() ?? 53;

    public void Error(SourcePosition at, string message) => Report(DiagnosticSeverity.Error, at, message);

    public void Warn(SourcePosition at, string message) => Report(DiagnosticSeverity.Warning, at, message);

    public void Report(DiagnosticSeverity severity, SourcePosition at, string message)
    {
        ConfigDiagnostic diagnostic = new(severity, at.File, at.Line, message);
        if (_reported.Add(diagnostic))
            diagnostics.Add(diagnostic);
    }

    /// <summary>A block of the top level by statement and name, without regard to case.</summary>
    public Statement? Named(string statement, string name) =>
        root.FindAll(statement).FirstOrDefault(s => name.Equals(s.Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The statement in the first of the blocks that has it.</summary>
    public static Statement? Inherited(string name, params ReadOnlySpan<SyntaxValue.Block?> blocks)
    {
        foreach (SyntaxValue.Block? block in blocks)
        {
            if (block?.Find(name) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Reports names that are given twice.</summary>
    public void NoTwins(IEnumerable<Statement> statements, StringComparer comparer, Func<Statement, Statement, string> message)
    {
        Dictionary<string, Statement> seen = new(comparer);
        foreach (Statement statement in statements)
        {
            if (!seen.TryAdd(statement.Text ?? "", statement))
                Error(statement.Position, message(statement, seen[statement.Text ?? ""]));
        }
    }
}

using System.Collections.Immutable;
using ActorDns.Configuration.Checks;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration;

/// <summary>Reads, checks and models a <c>named.conf</c>. Faults of the file never throw; they are diagnostics.</summary>
public static class ConfigLoader
{
    /// <summary>Loads the file of that path, relative to the source's working directory unless it is absolute.</summary>
    public static LoadResult Load(string path, IConfigSource source)
    {
        var diagnostics = ImmutableArray.CreateBuilder<ConfigDiagnostic>();
        ConfigTree? tree = ConfigParser.Parse(path, source, diagnostics, out string directory);
        if (tree is null)
        {
            ConfigTree empty = new(new SyntaxValue.Block(new SourcePosition(path, 1), []), [path]);
            return new LoadResult(null, empty, diagnostics.ToImmutable());
        }

        if (!diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            ConfigChecks.Run(tree.Root, diagnostics);
        NamedConfiguration model = ModelBuilder.Build(tree, directory);
        return new LoadResult(model, tree, diagnostics.ToImmutable());
    }
}

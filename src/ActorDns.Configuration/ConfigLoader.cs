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

    /// <summary>
    /// The configuration with zones added, replaced or taken out, checked as if it had been written so. The files are not
    /// read again. There is no model when the text of a zone is not understood.
    /// </summary>
    public static LoadResult Amend(LoadResult loaded, IEnumerable<ZoneAmendment> amendments)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        if (loaded.Model is not { } before)
            return loaded;
        var diagnostics = ImmutableArray.CreateBuilder<ConfigDiagnostic>();
        string directory = before.Options.Directory.Value;
        SyntaxValue.Block root = ZoneAmendments.Apply(
            loaded.Tree.Root, before.HasExplicitViews, amendments, text => ParseZone(text, directory, diagnostics));
        ConfigTree tree = loaded.Tree with { Root = root };
        if (diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            return new LoadResult(null, tree, diagnostics.ToImmutable());
        ConfigChecks.Run(root, diagnostics);
        return new LoadResult(ModelBuilder.Build(tree, directory), tree, diagnostics.ToImmutable());
    }

    private static Statement? ParseZone(
        ZoneAmendment amendment, string directory, ImmutableArray<ConfigDiagnostic>.Builder diagnostics)
    {
        ConfigTree? tree = ConfigParser.Parse(
            amendment.Source, new TextConfigSource(amendment.Source, amendment.Text!, directory), diagnostics, out _);
        if (tree?.Root.Statements is [{ Name: "zone" } zone])
            return zone;
        if (tree is not null)
            diagnostics.Add(new ConfigDiagnostic(DiagnosticSeverity.Error, amendment.Source, 1, "expected one zone statement"));
        return null;
    }
}

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
        IReadOnlyCollection<ZoneAmendment> wanted = [.. amendments];
        if (wanted.Count == 0)
            return loaded with { Diagnostics = [] }; // A second model of ten thousand zones would be the larger half of what they take.
        var diagnostics = ImmutableArray.CreateBuilder<ConfigDiagnostic>();
        string directory = before.Options.Directory.Value;
        SyntaxValue.Block root = ZoneAmendments.Apply(
            loaded.Tree.Root, before.HasExplicitViews, wanted, text => ParseZone(text, directory, diagnostics));
        ConfigTree tree = loaded.Tree with { Root = root };
        if (diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
            return new LoadResult(null, tree, diagnostics.ToImmutable());
        ConfigChecks.Run(root, diagnostics);
        return new LoadResult(ModelBuilder.Build(tree, directory), tree, diagnostics.ToImmutable());
    }

    /// <summary>
    /// A configuration that may be loaded with one zone added, replaced or taken out. As <see cref="Amend"/>, but checks and models only
    /// what the zone touches, so that it costs little among many zones. The list of written statements stays as it was.
    /// </summary>
    public static LoadResult AmendZone(LoadResult loaded, ZoneAmendment amendment)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        ArgumentNullException.ThrowIfNull(amendment);
        if (loaded.Model is not { } before)
            return loaded;
        var diagnostics = ImmutableArray.CreateBuilder<ConfigDiagnostic>();
        string directory = before.Options.Directory.Value;
        Statement? zone = amendment.Text is null ? null : ParseZone(amendment, directory, diagnostics);
        if (diagnostics.Any(static found => found.Severity == DiagnosticSeverity.Error))
            return new LoadResult(null, loaded.Tree, diagnostics.ToImmutable());

        ZoneAmendments.ApplyOne(
            loaded.Tree.Root, before.HasExplicitViews, amendment, zone, out SyntaxValue.Block whole, out SyntaxValue.Block touched);
        ConfigChecks.Run(touched, diagnostics);
        NamedConfiguration part = ModelBuilder.Build(loaded.Tree with { Root = touched }, directory);
        IEnumerable<ZoneConfiguration> made = part.Views.Where(view => view.Name == amendment.View)
            .SelectMany(view => view.Zones.Where(found => found.Name == amendment.Name));
        ImmutableArray<ViewConfiguration> views =
        [
            .. before.Views.Select(view => view.Name != amendment.View
                ? view
                : view with { Zones = [.. view.Zones.Where(other => other.Name != amendment.Name), .. made] }),
        ];
        return new LoadResult(before with { Views = views }, loaded.Tree with { Root = whole }, diagnostics.ToImmutable());
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

using ActorDns.Configuration.Model;

namespace ActorDns.Configuration.Syntax;

/// <summary>Puts zones into a tree and takes them out; the tree given stays as it is.</summary>
internal static class ZoneAmendments
{
    public static SyntaxValue.Block Apply(
        SyntaxValue.Block root, bool hasViews, IEnumerable<ZoneAmendment> amendments, Func<ZoneAmendment, Statement?> parse)
    {
        foreach (IGrouping<string, ZoneAmendment> ofView in amendments.GroupBy(amendment => amendment.View, StringComparer.Ordinal))
        {
            if (!hasViews)
                root = Apply(root, ofView, parse);
            else if (root.FindAll("view").FirstOrDefault(view => view.Text == ofView.Key) is { Block: { } block } view)
                root = Replace(root, view, view with { Values = view.Values.Replace(block, Apply(block, ofView, parse)) });
        }

        return root;
    }

    private static SyntaxValue.Block Apply(
        SyntaxValue.Block block, IEnumerable<ZoneAmendment> amendments, Func<ZoneAmendment, Statement?> parse)
    {
        // The last word on a zone counts; zones that are replaced move to the end.
        Dictionary<Protocol.Names.DomainName, ZoneAmendment> byName = [];
        foreach (ZoneAmendment amendment in amendments)
            byName[amendment.Name] = amendment;
        IEnumerable<Statement> kept = block.Statements.Where(
            statement => statement.Name != "zone" || ModelReader.Name(statement.Text) is not { } name || !byName.ContainsKey(name));
        IEnumerable<Statement> added = byName.Values.Where(amendment => amendment.Text is not null).Select(parse).OfType<Statement>();
        return block with { Statements = [.. kept, .. added] };
    }

    private static SyntaxValue.Block Replace(SyntaxValue.Block root, Statement old, Statement changed) =>
        root with { Statements = root.Statements.Replace(old, changed) };
}

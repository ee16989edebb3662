using ActorDns.Configuration.Model;
using ActorDns.Protocol.Names;

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

    /// <summary>Puts one zone in, or takes it out.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="hasViews">True when zones are in views.</param>
    /// <param name="amendment">Which zone.</param>
    /// <param name="zone">Its statement; null takes it out.</param>
    /// <param name="whole">The tree with it.</param>
    /// <param name="touched">
    /// The same without the zones that have nothing to do with it: neither its name nor its file, and no catalog or policy zones.
    /// </param>
    public static void ApplyOne(
        SyntaxValue.Block root,
        bool hasViews,
        ZoneAmendment amendment,
        Statement? zone,
        out SyntaxValue.Block whole,
        out SyntaxValue.Block touched)
    {
        string? file = zone?.Block?.Find("file")?.Text;
        HashSet<DomainName> names = [amendment.Name, .. SpecialZones(root)];
        whole = Change(root, hasViews, amendment, zone, static _ => true);
        touched = Change(root, hasViews, amendment, zone, IsTouched);

        bool IsTouched(Statement other) =>
            (ModelReader.Name(other.Text) is { } name && names.Contains(name))
            || (file is not null && file.Equals(other.Block?.Find("file")?.Text, StringComparison.OrdinalIgnoreCase));
    }

    private static SyntaxValue.Block Change(
        SyntaxValue.Block root, bool hasViews, ZoneAmendment amendment, Statement? zone, Func<Statement, bool> isKept)
    {
        if (!hasViews)
            return Zones(root, isAmended: true);
        return root with
        {
            Statements = [.. root.Statements.Select(statement => statement is { Name: "view", Block: { } block }
                ? statement with
                {
                    Values = [.. statement.Values.Select(value => value == (object)block
                        ? Zones(block, statement.Text == amendment.View)
                        : value)],
                }
                : statement)],
        };

        SyntaxValue.Block Zones(SyntaxValue.Block block, bool isAmended)
        {
            IEnumerable<Statement> kept = block.Statements.Where(statement => statement.Name != "zone"
                || (isKept(statement) && !(isAmended && ModelReader.Name(statement.Text) == amendment.Name)));
            return block with { Statements = isAmended && zone is not null ? [.. kept, zone] : [.. kept] };
        }
    }

    /// <summary>Names in <c>catalog-zones</c> and <c>response-policy</c>, wherever they stand.</summary>
    private static IEnumerable<DomainName> SpecialZones(SyntaxValue.Block root)
    {
        IEnumerable<Statement> holders = root.Statements.Where(static found => found.Name is "options" or "view");
        return
            from block in holders.Select(static holder => holder.Block).OfType<SyntaxValue.Block>()
            from name in (string[])["catalog-zones", "response-policy"]
            from entry in block.Find(name)?.List?.Items ?? []
            let zone = ModelReader.Name(entry.Parts().OfType<SyntaxValue.Scalar>().ElementAtOrDefault(1)?.Text)
            where zone is not null
            select zone.Value;
    }

    private static SyntaxValue.Block Apply(
        SyntaxValue.Block block, IEnumerable<ZoneAmendment> amendments, Func<ZoneAmendment, Statement?> parse)
    {
        // The last word on a zone counts; zones that are replaced move to the end.
        Dictionary<DomainName, ZoneAmendment> byName = [];
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

using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Configuration.Checks;

/// <summary>Views and what is checked once for each of them.</summary>
internal static class ViewChecks
{
    private static readonly string[] Lists =
    [
        "allow-query", "allow-query-on", "allow-query-cache", "allow-query-cache-on", "blackhole", "keep-response-order",
        "match-clients", "match-destinations", "sortlist", "allow-recursion", "allow-recursion-on",
    ];

    public static void Run(CheckContext context, AclChecks acls)
    {
        ZoneChecks zones = new(context, acls);
        List<Statement> views = [.. context.Root.FindAll("view")];
        if (views.Count == 0)
        {
            RunOne(context, acls, zones, null, RecordClass.In);
            return;
        }

        if (context.Root.Find("zone") is { } outside)
            context.Error(outside.Position, "when using 'view' statements, all zones must be in views");
        if (context.Root.Find("plugin") is { } plugin)
            context.Error(plugin.Position, "when using 'view' statements, all plugins must be defined in views");
        HashSet<(string, ushort)> seen = [];
        foreach (Statement view in views)
        {
            if (!ZoneBuilder.TryReadClass(ZoneBuilder.ClassText(view), out RecordClass found))
                context.Error(view.Position, $"view '{view.Text}': invalid class {ZoneBuilder.ClassText(view)}");
            if (!seen.Add((view.Text ?? "", found.Value)))
            {
                Statement first = views.First(v => v.Text == view.Text);
                context.Error(view.Position, $"view '{view.Text}': already exists previous definition: {first.Position}");
            }

            if (view.Text is "_bind" or "_default")
                context.Warn(view.Position, $"view '{view.Text}': the name is used by the server itself");
            RunOne(context, acls, zones, view, found);
        }
    }

    private static void RunOne(CheckContext context, AclChecks acls, ZoneChecks zones, Statement? view, RecordClass viewClass)
    {
        SyntaxValue.Block? block = view?.Block;
        zones.RunView(view, viewClass);
        OptionsChecks.CheckNonZero(context, context.Options);
        OptionsChecks.CheckNonZero(context, block);
        HashSet<DomainName> keys = KeyChecks.Run(context, block);
        ServerChecks.Run(context, block, keys);
        if (block is not null)
            OptionsChecks.Run(context, block, isGlobal: false);
        SyntaxValue.Block? own = block ?? context.Options;
        OptionsChecks.CheckSources(context, n => own?.Find(n), "query-source", "query-source-v6");
        if (own is not null)
            ForwardChecks.Run(context, own, null);
        foreach (string list in Lists)
            acls.Check(CheckContext.Inherited(list, block, context.Options)?.List);
        CheckRecursion(context, block, view?.Text);
        SigningChecks.RunScope(context, context.Options);
        SigningChecks.RunScope(context, block);
        RateLimitChecks.Run(context, acls, CheckContext.Inherited("rate-limit", block, context.Options)?.Block);
        TrustAnchorChecks.Run(context, block);
        foreach (Statement dns64 in (block?.Find("dns64") is null ? context.Options : block)?.FindAll("dns64") ?? [])
            Dns64Checks.Run(context, acls, dns64);
        foreach (Statement plugin in (block ?? context.Root).FindAll("plugin"))
        {
            context.Report(
                DiagnosticSeverity.CheckError, plugin.Position, $"plugin '{plugin.Values[1].AsText()}' is not loaded by this server");
        }
    }

    private static void CheckRecursion(CheckContext context, SyntaxValue.Block? view, string? name)
    {
        if (CheckContext.Inherited("recursion", view, context.Options)?.Text != "no")
            return;
        foreach (string list in new[] { "allow-recursion", "allow-recursion-on" })
        {
            if (CheckContext.Inherited(list, view, context.Options) is { } found && !AclChecks.IsNone(found.List))
            {
                string where = name is null ? "" : $" for view {name}";
                context.Warn(found.Position, $"both \"recursion no;\" and \"{list}\" active{where}");
            }
        }
    }
}

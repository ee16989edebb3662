using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Address match lists: names that are not defined, defined twice, or defined by themselves.</summary>
internal sealed class AclChecks(CheckContext context)
{
    private static readonly string[] BuiltIn = ["any", "none", "localhost", "localnets"];

    /// <summary>Definitions, and all lists that the check of BIND does not look into but its server does.</summary>
    public void Run()
    {
        foreach (Statement acl in context.Root.FindAll("acl"))
        {
            if (BuiltIn.Contains(acl.Text, StringComparer.OrdinalIgnoreCase))
                context.Error(acl.Position, $"attempt to redefine builtin acl '{acl.Text}'");
        }

        context.NoTwins(
            context.Root.FindAll("acl"), StringComparer.OrdinalIgnoreCase,
            (second, first) => $"attempt to redefine acl '{second.Text}' previous definition: {first.Position}");
        IEnumerable<string> inViews = context.Root.FindAll("view").SelectMany(v => KeyNames(v.Block!));
        HashSet<string> keys = new(KeyNames(context.Root).Concat(inViews), StringComparer.OrdinalIgnoreCase);
        WalkStatements(context.Root, keys);
    }

    /// <summary>Looks into a list as <c>named-checkconf</c> does.</summary>
    public void Check(SyntaxValue? list) => Expand(list, DiagnosticSeverity.Error, [], keys: null);

    /// <summary>True when the list is written as <c>{ none; }</c>, the built-in name that matches nobody.</summary>
    public static bool IsNone(SyntaxValue? list) =>
        list is SyntaxValue.List { Items: [SyntaxValue.Scalar { Text: var only }] }
        && only.Equals("none", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> KeyNames(SyntaxValue.Block block) =>
        block.FindAll("key").Select(k => (k.Text ?? "").TrimEnd('.'));

    private void WalkStatements(SyntaxValue.Block block, HashSet<string> keys)
    {
        foreach (Statement statement in block.Statements)
        {
            foreach (SyntaxValue value in statement.Values)
            {
                if (value is SyntaxValue.Block inner)
                    WalkStatements(inner, keys);
                else if (value is SyntaxValue.Option { Keyword: "allow" } allow)
                    Expand(allow.Value, DiagnosticSeverity.LoadError, [], keys);
                else if (IsMatchList(statement.Name) && value is SyntaxValue.List)
                    Expand(value, DiagnosticSeverity.LoadError, [], keys);
                else
                    CheckServerKeys(value, keys);
            }
        }
    }

    private static bool IsMatchList(string statement) =>
        statement.StartsWith("allow-", StringComparison.Ordinal)
        || statement is "acl" or "blackhole" or "listen-on" or "listen-on-v6" or "match-clients" or "match-destinations"
            or "no-case-compress" or "exempt-clients" or "clients" or "exclude" or "mapped" or "sortlist" or "keep-response-order"
            or "response-padding";

    private void CheckServerKeys(SyntaxValue value, HashSet<string> keys)
    {
        if (value is not SyntaxValue.List list)
            return;
        foreach (SyntaxValue item in list.Items)
        {
            if (item.Parts().Option("key").AsText() is { } key && !keys.Contains(key.TrimEnd('.')))
                WarnOfKey(item.Position, key);
        }
    }

    private void Expand(SyntaxValue? value, DiagnosticSeverity severity, HashSet<string> within, HashSet<string>? keys)
    {
        switch (value)
        {
            case SyntaxValue.List list:
                foreach (SyntaxValue item in list.Items)
                    Expand(item, severity, within, keys);
                break;
            case SyntaxValue.Negated negated:
                Expand(negated.Inner, severity, within, keys);
                break;
            case SyntaxValue.Option { Keyword: "key" } key when keys is not null:
                if (!keys.Contains((key.Value.AsText() ?? "").TrimEnd('.')))
                    WarnOfKey(key.Position, key.Value.AsText());
                break;
            case SyntaxValue.Option { Keyword: "geoip" } geoip:
                context.Warn(geoip.Position, "'geoip' is not supported: the element never matches");
                break;
            case SyntaxValue.Scalar { Kind: ScalarKind.String } name:
                ExpandName(name, severity, within, keys);
                break;
        }
    }

    // It may be in the key registry, which only a running server can tell.
    private void WarnOfKey(SourcePosition at, string? key) =>
        context.Warn(at, $"unknown key '{key}': it means nobody unless the key registry has it");

    private void ExpandName(SyntaxValue.Scalar name, DiagnosticSeverity severity, HashSet<string> within, HashSet<string>? keys)
    {
        string key = name.Text.ToUpperInvariant();
        if (BuiltIn.Contains(name.Text, StringComparer.OrdinalIgnoreCase))
            return;
        if (context.Named("acl", name.Text) is not { } acl)
        {
            context.Report(severity, name.Position, $"undefined ACL '{name.Text}'");
        }
        else if (!within.Add(key))
        {
            context.Report(severity, name.Position, $"acl loop detected: {name.Text}");
        }
        else
        {
            Expand(acl.List, severity, within, keys);
            within.Remove(key);
        }
    }
}

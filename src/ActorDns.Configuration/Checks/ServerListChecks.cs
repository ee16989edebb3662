using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Checks;

/// <summary>Server lists: names of other lists, keys, TLS configurations, emptiness.</summary>
internal static class ServerListChecks
{
    private static readonly string[] Primaries = ["primaries", "masters", "remote-servers"];

    public static void RunTop(CheckContext context)
    {
        context.NoTwins(
            context.Root.Statements.Where(s => Primaries.Contains(s.Name)), StringComparer.OrdinalIgnoreCase,
            (second, first) => $"{second.Name} list '{second.Text}' is duplicated: also defined at {first.Position}");
        context.NoTwins(
            context.Root.FindAll("parental-agents"), StringComparer.OrdinalIgnoreCase,
            (second, first) => $"parental-agents list '{second.Text}' is duplicated: also defined at {first.Position}");
    }

    /// <summary>Follows a list and counts the addresses in it; null when something is wrong with it.</summary>
    public static int? Count(CheckContext context, string kind, SyntaxValue.List? list) =>
        Count(context, kind, list, new HashSet<string>(StringComparer.OrdinalIgnoreCase));

    private static int? Count(CheckContext context, string kind, SyntaxValue.List? list, HashSet<string> seen)
    {
        int? count = 0;
        foreach (SyntaxValue item in list?.Items ?? [])
        {
            var parts = item.Parts();
            if (parts[0] is SyntaxValue.Scalar { Kind: ScalarKind.Address })
                count = CheckElement(context, item) ? count + 1 : null;
            else
                count += CountNamed(context, kind, item, seen);
        }

        return count;
    }

    private static bool CheckElement(CheckContext context, SyntaxValue item)
    {
        string? key = item.Parts().Option("key").AsText();
        string? tls = item.Parts().Option("tls").AsText();
        bool isKeyName = key is null || DomainName.TryParse(key, DomainName.Root, out _);
        if (!isKeyName)
            context.Error(item.Position, $"'{key}' is not a valid name");
        bool isTlsKnown = tls is null || tls.Equals("ephemeral", StringComparison.OrdinalIgnoreCase)
            || context.Named("tls", tls) is not null;
        if (!isTlsKnown)
            context.Error(item.Position, $"tls '{tls}' is not defined");
        return isKeyName && isTlsKnown;
    }

    private static int? CountNamed(CheckContext context, string kind, SyntaxValue item, HashSet<string> seen)
    {
        var parts = item.Parts();
        string name = parts[0].AsText() ?? "";
        bool hasExtra = parts.Length > 1;
        if (hasExtra)
            context.Report(DiagnosticSeverity.CheckError, item.Position, $"unexpected token behind the list name '{name}'");
        if (!seen.Add(name))
            return 0;
        string[] kinds = kind == "primaries" ? Primaries : [kind, "remote-servers"];
        Statement? named = kinds.Select(k => context.Named(k, name)).FirstOrDefault(s => s is not null);
        if (named is null)
        {
            context.Error(item.Position, $"unable to find {kind} list '{name}'");
            return null;
        }

        return Count(context, kind, named.List, seen);
    }
}

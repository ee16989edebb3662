using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Checks;

/// <summary>Server blocks: keys, twins, sources of the wrong family.</summary>
internal static class ServerChecks
{
    private static readonly string[] Sources = ["transfer-source", "notify-source", "query-source"];

    public static void Run(CheckContext context, SyntaxValue.Block? view, HashSet<DomainName> keys)
    {
        SyntaxValue.Block scope = view?.Find("server") is null ? context.Root : view;
        context.NoTwins(
            scope.FindAll("server"), StringComparer.Ordinal,
            (second, first) => $"server '{second.Text}': already exists previous definition: {first.Position}");
        foreach (Statement server in scope.FindAll("server"))
        {
            SyntaxValue.Block block = server.Block!;
            bool isV6 = server.Text!.Contains(':', StringComparison.Ordinal);
            foreach (string source in Sources)
            {
                string wrong = isV6 ? source : source + "-v6";
                if (block.Find(wrong) is not null)
                    context.Error(server.Position, $"server '{server.Text}': {wrong} not legal");
                OptionsChecks.CheckSources(context, block.Find, isV6 ? source + "-v6" : source);
            }

            if (block.Find("keys") is not { } key)
                continue;
            if (!DomainName.TryParse(key.Text, DomainName.Root, out DomainName name))
                context.Error(key.Position, $"bad key name '{key.Text}'");
            else if (!keys.Contains(name))
                context.Error(key.Position, $"unknown key '{key.Text}'");
        }
    }
}

using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Control channels and statistics channels.</summary>
internal static class ControlChecks
{
    public static void Run(CheckContext context, AclChecks acls)
    {
        Dictionary<string, Statement> seen = new(StringComparer.Ordinal);
        foreach (Statement channel in context.Root.FindAll("controls").SelectMany(c => c.Block!.Statements))
        {
            if (channel.Name == "unix")
            {
                context.Warn(channel.Position, $"unix control '{channel.Text}': not supported");
                continue;
            }

            acls.Check(channel.Option("allow"));
            CheckKeys(context, channel);
            long port = channel.Option("port").AsNumber() is { } written and not 0 ? written : 953;
            string socket = $"{channel.Scalar?.Canonical}#{port}";
            if (!seen.TryAdd(socket, channel))
            {
                context.Warn(
                    channel.Position,
                    $"inet control socket '{socket}': already defined, previous definition: {seen[socket].Position}");
            }
        }

        foreach (Statement channel in context.Root.FindAll("statistics-channels").SelectMany(c => c.Block!.Statements))
        {
            if (channel.Option("allow") is null)
                context.Warn(channel.Position, "statistics channel without 'allow': only this host may read it");
        }
    }

    private static void CheckKeys(CheckContext context, Statement channel)
    {
        foreach (SyntaxValue key in (channel.Option("keys") as SyntaxValue.List)?.Items ?? [])
        {
            if (key.AsText() is { } name && context.Named("key", name) is null)
                context.Error(key.Position, $"unknown key '{name}'");
        }
    }
}

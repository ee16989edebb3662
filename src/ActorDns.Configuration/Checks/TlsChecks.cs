using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>TLS and HTTP blocks.</summary>
internal static class TlsChecks
{
    public static void Run(CheckContext context)
    {
        foreach (Statement tls in context.Root.FindAll("tls"))
            CheckTls(context, tls);
        context.NoTwins(
            context.Root.FindAll("tls"), StringComparer.OrdinalIgnoreCase,
            (second, first) => $"tls clause '{second.Text}' is duplicated: also defined at {first.Position}");
        context.NoTwins(
            context.Root.FindAll("http"), StringComparer.OrdinalIgnoreCase,
            (second, first) => $"http '{second.Text}' is duplicated: also defined at {first.Position}");
        foreach (Statement http in context.Root.FindAll("http"))
        {
            if (http.Text?.Equals("default", StringComparison.OrdinalIgnoreCase) == true)
                context.Error(http.Position, "'http' name cannot be 'default' (which is a built-in configuration)");
            foreach (SyntaxValue endpoint in http.Block!.Find("endpoints")?.List?.Items ?? [])
            {
                string path = endpoint.AsText() ?? "";
                if (!path.StartsWith('/') || path.Any(c => c is <= ' ' or > '~' or '?' or '#'))
                    context.Error(endpoint.Position, $"endpoint '{path}' is not a valid absolute HTTP path");
            }
        }
    }

    private static void CheckTls(CheckContext context, Statement tls)
    {
        if (tls.Text?.ToUpperInvariant() is "EPHEMERAL" or "NONE")
            context.Error(tls.Position, $"tls clause name '{tls.Text}' is reserved for internal use");
        SyntaxValue.Block block = tls.Block!;
        if (block.Find("key-file") is null != block.Find("cert-file") is null)
            context.Error(tls.Position, $"tls '{tls.Text}': 'cert-file' and 'key-file' must both be specified, or both omitted");
        if (block.Find("protocols")?.List is not { } protocols)
            return;
        HashSet<string> seen = [];
        foreach (SyntaxValue protocol in protocols.Items)
        {
            string word = protocol.AsText() ?? "";
            if (word.ToUpperInvariant() is not ("TLSV1.2" or "TLSV1.3"))
                context.Error(protocol.Position, $"'{word}' is not a valid TLS protocol version");
            else if (!seen.Add(word.ToUpperInvariant()))
                context.Error(protocol.Position, $"'{word}' is specified more than once in '{tls.Text}'");
        }

        if (seen.Count == 0)
            context.Error(tls.Position, $"tls '{tls.Text}' does not contain any valid TLS protocol versions definitions");
    }
}

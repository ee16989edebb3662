using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Trust anchors: their data must decode; this server validates nothing with them.</summary>
internal static class TrustAnchorChecks
{
    public static void Run(CheckContext context, SyntaxValue.Block? view)
    {
        SyntaxValue.Block[] scopes = view is null ? [context.Root] : [context.Root, view];
        if (scopes.Any(s => s.Find("managed-keys") is not null) && scopes.Any(s => s.Find("trust-anchors") is not null))
            context.Error(context.Root.Position, "use of managed-keys is not allowed when trust-anchors is also in use");
        foreach (Statement statement in scopes.SelectMany(s => s.Statements)
            .Where(s => s.Name is "trust-anchors" or "managed-keys" or "trusted-keys"))
        {
            foreach (SyntaxValue anchor in statement.List?.Items ?? [])
                Check(context, anchor);
        }
    }

    private static void Check(CheckContext context, SyntaxValue anchor)
    {
        var parts = anchor.Parts();
        bool isDigest = parts[1].AsText() is "static-ds" or "initial-ds";
        string data = string.Concat((parts[^1].AsText() ?? "").Where(c => !char.IsWhiteSpace(c)));
        bool decodes = isDigest
            ? data.Length % 2 == 0 && data.All(char.IsAsciiHexDigit)
            : Convert.TryFromBase64String(data, new byte[data.Length], out _);
        if (!decodes)
            context.Error(anchor.Position, isDigest ? "bad hex encoding" : "bad base64 encoding");
        long[] numbers = [.. parts.Select(p => p.AsNumber()).OfType<long>().TakeLast(3)];
        if (numbers.Length == 3 && (numbers[0] > ushort.MaxValue || numbers[1] > byte.MaxValue || numbers[2] > byte.MaxValue))
            context.Error(anchor.Position, "number of the trust anchor too big");
    }
}

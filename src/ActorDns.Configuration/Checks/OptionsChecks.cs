using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Checks;

/// <summary>Values of single options that must lie in a range or have a form; for <c>options</c>, views and zones alike.</summary>
internal static class OptionsChecks
{
    private const long MinutesOf28Days = 28 * 24 * 60;

    private static readonly (string Name, long Most)[] Ranges =
    [
        ("heartbeat-interval", MinutesOf28Days), ("interface-interval", MinutesOf28Days),
        ("max-transfer-idle-in", MinutesOf28Days), ("max-transfer-idle-out", MinutesOf28Days),
        ("max-transfer-time-in", MinutesOf28Days), ("max-transfer-time-out", MinutesOf28Days),
        ("min-cache-ttl", 90), ("min-ncache-ttl", 90), ("max-ncache-ttl", 7 * 24 * 3600),
    ];

    private static readonly string[] NonZero = ["max-retry-time", "min-retry-time", "max-refresh-time", "min-refresh-time"];

    public static void Run(CheckContext context, SyntaxValue.Block block, bool isGlobal)
    {
        foreach ((string name, long most) in Ranges)
        {
            if (block.Find(name) is { } found && found.Scalar.AsNumber() > most)
                context.Error(found.Position, $"{name} '{found.Text}' is out of range (0..{most})");
        }

        CheckNumbers(context, block);
        CheckNames(context, block);
        CheckSignatures(context, block);
        CheckNameModes(context, block);
        DisabledAlgorithmChecks.Run(context, block);
        if (isGlobal)
            CheckCookies(context, block);
    }

    /// <summary>Times that must not be zero.</summary>
    public static void CheckNonZero(CheckContext context, SyntaxValue.Block? block)
    {
        foreach (string name in NonZero)
        {
            if (block?.Find(name) is { } found && found.Scalar.AsNumber() == 0)
                context.Error(found.Position, $"'{name}' must not be zero");
        }
    }

    /// <summary>Source addresses may not use the port of queries.</summary>
    public static void CheckSources(CheckContext context, Func<string, Statement?> find, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (find(name) is not { } source || source.Option("port").AsNumber() is not { } port || port == 0)
                continue;
            if (port == context.DnsPort)
                context.Error(source.Position, $"'{name}' cannot specify the DNS listener port ({port})");
            else
                context.Warn(source.Position, $"'{name}': specifying a port is not recommended");
        }
    }

    private static void CheckNumbers(CheckContext context, SyntaxValue.Block block)
    {
        if (block.Find("max-rsa-exponent-size") is { } rsa && rsa.Scalar.AsNumber() is not (0 or (>= 35 and <= 4096)))
            context.Error(rsa.Position, $"max-rsa-exponent-size '{rsa.Text}' is out of range (35..4096)");
        if (block.Find("max-ixfr-ratio") is { } ratio && ratio.Scalar.AsNumber() == 0)
            context.Error(ratio.Position, "'ixfr-max-ratio' must be a nonzero percentage or 'unlimited')");
        if (block.Find("lmdb-mapsize") is { } map && map.Scalar.AsNumber() is < 1 << 20 or > 1L << 40)
            context.Error(map.Position, $"'lmdb-mapsize {map.Text}' is out of range");
        if (block.Find("nta-lifetime") is { } nta && nta.Scalar.AsNumber() is 0 or > 604_800)
            context.Error(nta.Position, "'nta-lifetime' must be between one second and one week");
        if (block.Find("nta-recheck") is { } recheck && recheck.Scalar.AsNumber() > 604_800)
            context.Error(recheck.Position, "'nta-recheck' cannot exceed one week");
        if (block.Find("server-id") is { Text.Length: > 1024 } id)
            context.Error(id.Position, "'server-id' too big (>1024 bytes)");
    }

    private static void CheckNames(CheckContext context, SyntaxValue.Block block)
    {
        foreach (string name in new[] { "empty-server", "empty-contact", "dns64-server", "dns64-contact", "disable-empty-zone" })
        {
            foreach (Statement found in block.FindAll(name))
            {
                if (!DomainName.TryParse(found.Text, DomainName.Root, out _))
                    context.Error(found.Position, $"{name}: invalid name '{found.Text}'");
            }
        }

        if (block.Find("preferred-glue") is { } glue && glue.Text?.ToUpperInvariant() is not ("A" or "AAAA" or "NONE"))
            context.Warn(glue.Position, $"preferred-glue unexpected value '{glue.Text}'");
    }

    private static void CheckSignatures(CheckContext context, SyntaxValue.Block block)
    {
        foreach (string name in new[] { "sig-validity-interval", "dnskey-sig-validity" })
        {
            if (block.Find(name) is not { } found || found.Scalar.AsNumber() is not { } validity)
                continue;
            if (validity > 3660 || (validity == 0 && name == "sig-validity-interval"))
                context.Error(found.Position, $"{name} '{validity}' is out of range (1..3660)");
            if (found.Values.Length < 2 || found.Values[1].AsNumber() is not { } again)
                continue;
            if (again is 0 or > 3660)
                context.Error(found.Position, $"{name} (re-sign) '{again}' is out of range (1..3660)");
            else if (validity > 7 ? validity < again : validity * 24 < again)
                context.Error(found.Position, $"validity interval ({validity} days) less than re-signing interval ({again})");
        }
    }

    private static void CheckNameModes(CheckContext context, SyntaxValue.Block block)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (Statement modes in block.FindAll("check-names").Where(s => s.Values.Length > 1))
        {
            if (!seen.Add(modes.Text ?? "") && modes.Text?.Equals("response", StringComparison.OrdinalIgnoreCase) == false)
                context.Error(modes.Position, $"'check-names {modes.Text}' duplicated");
            if (seen.Contains("primary") && seen.Contains("master"))
                context.Error(modes.Position, "'check-names' cannot take both 'primary' and 'master'");
            if (seen.Contains("secondary") && seen.Contains("slave"))
                context.Error(modes.Position, "'check-names' cannot take both 'secondary' and 'slave'");
        }
    }

    private static void CheckCookies(CheckContext context, SyntaxValue.Block block)
    {
        if (block.Find("cookie-algorithm") is { Text: "aes" } algorithm)
            context.Warn(algorithm.Position, "cookie-algorithm 'aes' is deprecated");
        foreach (Statement secret in block.FindAll("cookie-secret"))
        {
            string hex = secret.Text ?? "";
            if (hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
                context.Error(secret.Position, "cookie-secret: invalid hex string");
            else if (hex.Length > 64)
                context.Error(secret.Position, "cookie-secret: too long");
            else if (hex.Length != 32)
                context.Error(secret.Position, "cookie-secret must be 128 bits");
        }
    }
}

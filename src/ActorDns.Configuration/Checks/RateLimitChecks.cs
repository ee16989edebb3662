using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>The numbers of <c>rate-limit</c>.</summary>
internal static class RateLimitChecks
{
    private static readonly (string Name, long Least, long Most)[] Bounds =
    [
        ("responses-per-second", 0, 1000), ("referrals-per-second", 0, 1000), ("nodata-per-second", 0, 1000),
        ("nxdomains-per-second", 0, 1000), ("errors-per-second", 0, 1000), ("all-per-second", 0, 1000), ("slip", 0, 10),
        ("window", 1, 3600), ("qps-scale", 1, long.MaxValue), ("ipv4-prefix-length", 8, 32), ("ipv6-prefix-length", 16, 64),
    ];

    public static void Run(CheckContext context, AclChecks acls, SyntaxValue.Block? limits)
    {
        if (limits is null)
            return;
        foreach ((string name, long least, long most) in Bounds)
        {
            if (limits.Find(name) is { } found && found.Scalar.AsNumber() is { } number && (number < least || number > most))
                context.Error(found.Position, $"{name} {number} < {least} or > {most}");
        }

        long min = Math.Max(1, limits.Find("min-table-size")?.Scalar.AsNumber() ?? 500);
        if (limits.Find("max-table-size") is { } table && table.Scalar.AsNumber() < min)
            context.Error(table.Position, $"max-table-size {table.Text} < min-table-size {min}");
        acls.Check(limits.Find("exempt-clients")?.List);
    }
}

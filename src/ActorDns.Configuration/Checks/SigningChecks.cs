using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>
/// Statements about signing and dial-up. This server acts on none of them, so a fault fails the check but not the load.
/// </summary>
internal static class SigningChecks
{
    private const long DaySeconds = 86_400;

    public static void RunZone(CheckContext context, Statement zone, ZoneKind kind, bool isDynamic)
    {
        SyntaxValue.Block block = zone.Block!;
        bool isInline = block.Find("inline-signing")?.Text == "yes";
        if (block.Find("auto-dnssec") is { Text: not "off" } auto && !isInline && !(isDynamic && kind == ZoneKind.Primary))
            Report(context, auto, $"'auto-dnssec {auto.Text};' requires dynamic DNS or inline-signing");
        foreach (string name in new[] { "dnssec-loadkeys-interval", "dnssec-dnskey-kskonly", "update-check-ksk" })
        {
            if (kind == ZoneKind.Secondary && !isInline && block.Find(name) is { } found)
                Report(context, found, $"{name}: requires inline-signing when used in secondary zone");
        }

        if (block.Find("dialup") is { Text: { } dialup } statement && !IsDialupAllowed(dialup, kind))
            Report(context, statement, $"dialup type '{dialup}' is not allowed in '{block.Find("type")?.Text}' zone '{zone.Text}'");
    }

    /// <summary>What may not stand in <c>options</c> or in a view.</summary>
    public static void RunScope(CheckContext context, SyntaxValue.Block? block)
    {
        if (block?.Find("auto-dnssec") is { Text: not "off" } auto)
            Report(context, auto, "auto-dnssec may only be activated at the zone level");
    }

    /// <summary>The times of signing policies must fit together.</summary>
    public static void RunPolicies(CheckContext context)
    {
        foreach (Statement policy in context.Root.FindAll("dnssec-policy").Where(p => p.Block is not null))
        {
            long refresh = Seconds(policy, "signatures-refresh", 5 * DaySeconds);
            long jitter = Seconds(policy, "signatures-jitter", DaySeconds / 2);
            foreach (string name in new[] { "signatures-validity", "signatures-validity-dnskey" })
            {
                long validity = Seconds(policy, name, 14 * DaySeconds);
                if (refresh >= validity * 0.9)
                    Report(context, policy, $"dnssec-policy: policy '{policy.Text}' signatures-refresh must be at most 90% of the {name}");
                if (jitter > validity)
                    Report(context, policy, $"dnssec-policy: policy '{policy.Text}' signatures-jitter cannot be larger than {name}");
            }
        }
    }

    private static bool IsDialupAllowed(string word, ZoneKind kind) => word switch
    {
        "notify" => kind is ZoneKind.Primary or ZoneKind.Secondary,
        "notify-passive" => kind == ZoneKind.Secondary,
        "passive" or "refresh" => kind is ZoneKind.Secondary or ZoneKind.Stub,
        _ => true,
    };

    private static long Seconds(Statement policy, string name, long fallback) =>
        policy.Block!.Find(name)?.Scalar.AsNumber() ?? fallback;

    private static void Report(CheckContext context, Statement at, string message) =>
        context.Report(DiagnosticSeverity.CheckError, at.Position, message);
}

using System.Collections.Frozen;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Checks;

/// <summary>Log channels and categories.</summary>
internal static class LoggingChecks
{
    private static readonly string[] BuiltInChannels = ["default_syslog", "default_stderr", "default_debug", "null"];

    private static readonly FrozenSet<string> Categories = string.Join(
        ' ',
        "client cname config database default delegation-only dispatch dnssec dnstap edns-disabled general lame-servers network",
        "notify nsid queries query-errors rate-limit resolver rpz rpz-passthru security serve-stale spill sslkeylog",
        "trust-anchor-telemetry unmatched update update-security xfer-in xfer-out zoneload")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static void Run(CheckContext context)
    {
        if (context.Root.Find("logging")?.Block is not { } logging)
            return;
        HashSet<string> channels = new(BuiltInChannels, StringComparer.OrdinalIgnoreCase);
        foreach (Statement channel in logging.FindAll("channel"))
        {
            int destinations = channel.Block!.Statements.Count(s => s.Name is "file" or "syslog" or "null" or "stderr");
            if (destinations != 1)
            {
                context.Error(
                    channel.Position,
                    $"channel '{channel.Text}': exactly one of file, syslog, null, and stderr must be present");
            }

            if (!channels.Add(channel.Text ?? ""))
                context.Warn(channel.Position, $"channel '{channel.Text}' is defined already; this definition replaces it");
        }

        foreach (Statement category in logging.FindAll("category"))
        {
            if (category.Text is "responses" or "update-policy")
                context.Report(DiagnosticSeverity.CheckError, category.Position, $"undefined category: '{category.Text}'");
            else if (!Categories.Contains(category.Text ?? ""))
                context.Error(category.Position, $"undefined category: '{category.Text}'");
            foreach (SyntaxValue channel in category.List?.Items ?? [])
            {
                if (!channels.Contains(channel.AsText() ?? ""))
                    context.Error(channel.Position, $"undefined channel: '{channel.AsText()}'");
            }
        }
    }
}

using System.CommandLine;
using ActorDns.Host.Audit;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Commands;

/// <summary>Requests that were refused, and the rule that decided.</summary>
internal static class DeniedCommand
{
    private static readonly string[] Headings = ["TIME (UTC)", "ASKED", "FROM", "ANSWER", "RULE"];

    public static Command Create()
    {
        Option<string?> zone = new("--zone") { HelpName = "name", Description = "Only requests about this zone" };
        AuditOptions options = new();
        Command command = new("denied", """
            Lists refused updates, transfers and notifies and failed signatures, the newest first, with the rule that decided.

              actordns denied --since 1d
              actordns denied --key certbot --json
            """)
        { options.File, options.Since, options.Key, zone, options.Limit, options.Json };
        AuditAction.Set(command, options, async (parsed, store, ct) =>
        {
            int limit = parsed.GetValue(options.Limit);
            IReadOnlyList<Refusal> refusals = AuditStore.Done(await store.Store.Refusals.SearchAsync(
                new RefusalFilter
                {
                    Zone = parsed.GetValue(zone) is { } name ? AuditStore.ParseName(name).ToString().ToLowerInvariant() : null,
                    KeyName = options.KeyOf(parsed),
                    Since = options.SinceOf(parsed),
                    LimitEntries = limit,
                },
                ct));
            if (parsed.GetValue(options.Json))
            {
                foreach (Refusal refusal in refusals)
                    AuditOutput.Json(Object(refusal));
            }
            else
            {
                AuditOutput.Rows(Headings, [.. refusals.SelectMany(Rows)]);
            }

            AuditOutput.NoteLimit(refusals.Count, limit);
        });
        return command;
    }

    private static IEnumerable<string[]> Rows(Refusal refusal)
    {
        string key = refusal.KeyName is { } name ? $" key {name}" : "";
        yield return
        [
            AuditTime.Text(refusal.Time),
            $"{refusal.Operation} {refusal.Zone}".TrimEnd(),
            $"from {refusal.Peer}{key} by node {refusal.Node}",
            refusal.Answer,
            $"({refusal.Rule})",
        ];
        foreach (string line in refusal.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            yield return ["", $"  {line}", "", "", ""];
    }

    private static object Object(Refusal refusal) => new
    {
        Time = AuditTime.Json(refusal.Time),
        refusal.Node,
        refusal.Operation,
        Zone = refusal.Zone.Length == 0 ? null : refusal.Zone,
        refusal.Peer,
        Key = refusal.KeyName,
        refusal.Answer,
        refusal.Rule,
        Content = refusal.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries),
    };
}

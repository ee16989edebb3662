using System.CommandLine;
using System.CommandLine.Parsing;
using ActorDns.Host.Commands;

namespace ActorDns.Host.Audit;

/// <summary>The options that audit commands share. Each command has its own instance and adds those that it takes.</summary>
internal sealed class AuditOptions
{
    private const string DefaultFile = "/etc/bind/named.conf";
    private const int DefaultLimit = 100;

    public AuditOptions()
    {
        Since.Validators.Add(RefuseOtherThanTime);
        Limit.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int limit) || limit < 1))
                result.AddError($"--limit {result.Tokens[0].Value}: not a number from 1 on");
        });
    }

    /// <summary>Where the configuration is, which says where the journal is.</summary>
    public Option<string> File { get; } = new("-c")
    {
        HelpName = "file",
        Description = "Configuration of the server whose journal is read",
        DefaultValueFactory = _ => DefaultFile,
    };

    /// <summary>Where the node's own settings are; null is beside the configuration.</summary>
    public Option<string?> Settings { get; } = ServeCommand.NewSettingsOption();

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object a line, for machines" };

    public Option<int> Limit { get; } = new("--limit")
    {
        HelpName = "count",
        Description = "At most so many, the newest",
        DefaultValueFactory = _ => DefaultLimit,
    };

    public Option<string?> Since { get; } = new("--since") { HelpName = "time", Description = $"Not before this time: {AuditTime.Forms}" };

    public Option<string?> Key { get; } = new("--key") { HelpName = "name", Description = "Only what this TSIG key signed" };

    public Option<string?> View { get; } = new("--view") { HelpName = "name", Description = "Only zones of this view" };

    /// <summary>The time of <see cref="Since"/>; null when it was not given.</summary>
    public DateTimeOffset? SinceOf(ParseResult parsed) => parsed.GetValue(Since) is { } text
        && AuditTime.TryParse(text, TimeProvider.System.GetUtcNow(), out DateTimeOffset time) ? time : null;

    /// <summary>The key as journals name it; null when it was not given.</summary>
    public string? KeyOf(ParseResult parsed) =>
        parsed.GetValue(Key) is { } name ? AuditStore.ParseName(name).ToLogString() : null;

    private static void RefuseOtherThanTime(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !AuditTime.TryParse(result.Tokens[0].Value, TimeProvider.System.GetUtcNow(), out _))
            result.AddError($"--since {result.Tokens[0].Value}: not a time; give {AuditTime.Forms}");
    }
}

using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>Makes log channels and categories.</summary>
internal static class LoggingBuilder
{
    public static LoggingConfiguration? Build(SyntaxValue.Block root) => root.Find("logging")?.Block is not { } block ? null
        : new LoggingConfiguration(
            BlockBuilder.ReadAll(block, "channel", Channel),
            [.. block.FindAll("category").Select(c => new LogCategory(c.Text ?? "", BlockBuilder.Strings(c.List), c.Position))]);

    private static LogChannel? Channel(Statement statement)
    {
        if (statement.Block is not { } block)
            return null;
        Statement? file = block.Find("file");
        Statement? severity = block.Find("severity");
        SyntaxValue? versions = file?.Option("versions");
        return new LogChannel(statement.Text ?? "", DestinationOf(block), statement.Position)
        {
            FilePath = file?.Text,
            Versions = versions is null ? 0 : versions.AsNumber() is { } number ? (int)Math.Min(number, int.MaxValue) : null,
            SizeBytes = file?.Option("size").AsNumber(),
            Suffix = SettingScope.Choose(file?.Option("suffix").AsText(), LogSuffix.Increment, ("timestamp", LogSuffix.Timestamp)),
            SyslogFacility = block.Find("syslog")?.Text ?? "daemon",
            Severity = SettingScope.Choose(
                severity?.Text, LogSeverity.Info, ("debug", LogSeverity.Debug), ("notice", LogSeverity.Notice),
                ("warning", LogSeverity.Warning), ("error", LogSeverity.Error), ("critical", LogSeverity.Critical),
                ("dynamic", LogSeverity.Dynamic)),
            DebugLevel = SettingScope.Clamp(severity?.Values[^1].AsNumber(), 1),
            PrintTime = SettingScope.Choose(
                block.Find("print-time")?.Text, LogTimeFormat.None, ("yes", LogTimeFormat.Local), ("local", LogTimeFormat.Local),
                ("iso8601", LogTimeFormat.Iso8601), ("iso8601-utc", LogTimeFormat.Iso8601Utc)),
            PrintCategory = block.Find("print-category")?.Text == "yes",
            PrintSeverity = block.Find("print-severity")?.Text == "yes",
            Buffered = block.Find("buffered")?.Text == "yes",
        };
    }

    private static LogDestination DestinationOf(SyntaxValue.Block block) =>
        block.Find("file") is not null ? LogDestination.File
        : block.Find("syslog") is not null ? LogDestination.Syslog
        : block.Find("stderr") is not null ? LogDestination.StandardError
        : LogDestination.Null;
}

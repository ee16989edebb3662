using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>Makes <see cref="ZoneSettings"/> by looking from the zone to its view to <c>options</c>.</summary>
internal static class ZoneSettingsBuilder
{
    private const int WeekSeconds = 604_800;

    public static ZoneSettings Build(SettingScope scope, SettingScope outer, SyntaxValue.Block zone, ZoneKind kind) => new()
    {
        AllowQuery = scope.Clients("allow-query", AddressMatchList.Any),
        AllowQueryOn = scope.Clients("allow-query-on", AddressMatchList.Any),
        AllowTransfer = scope.Read("allow-transfer", TransferAccess.None, s => new TransferAccess(
            ModelReader.Port(s.Values), s.Option("transport").AsText(), scope.ListOf(s))),
        AllowUpdate = scope.Clients("allow-update", AddressMatchList.None),
        AllowUpdateForwarding = scope.Clients("allow-update-forwarding", AddressMatchList.None),
        AllowNotify = scope.Clients("allow-notify", AddressMatchList.None),
        Notify = scope.Word(
            "notify", NotifyMode.Yes, ("no", NotifyMode.No), ("yes", NotifyMode.Yes), ("explicit", NotifyMode.Explicit),
            ("primary-only", NotifyMode.PrimaryOnly), ("master-only", NotifyMode.PrimaryOnly)),
        AlsoNotify = scope.Servers("also-notify"),
        NotifyToSoa = scope.Flag("notify-to-soa", false),
        NotifyDelay = scope.Seconds("notify-delay", 5),
        NotifyDefer = scope.Seconds("notify-defer", 0),
        NotifySource = scope.Source("notify-source"),
        NotifySourceV6 = scope.Source("notify-source-v6"),
        TransferSource = scope.Source("transfer-source"),
        TransferSourceV6 = scope.Source("transfer-source-v6"),
        RequestIxfr = scope.Flag("request-ixfr", true),
        RequestExpire = scope.Flag("request-expire", true),
        IxfrFromDifferences = scope.Read("ixfr-from-differences", false, s => IsFor(s.Text, kind)),
        MaxIxfrRatioPercent = scope.Read<int?>(
            "max-ixfr-ratio", null, s => s.Scalar.AsNumber() is { } n ? (int)Math.Min(n, int.MaxValue) : null),
        MaxJournalSizeBytes = scope.Read("max-journal-size", (long?)null, s => s.Scalar.AsNumber()),
        MaxRecords = scope.Number("max-records", 0),
        MaxRecordsPerType = scope.Number("max-records-per-type", 100),
        MaxTypesPerName = scope.Number("max-types-per-name", 100),
        MaxTransferTimeIn = scope.Minutes("max-transfer-time-in", 120),
        MaxTransferTimeOut = scope.Minutes("max-transfer-time-out", 120),
        MaxTransferIdleIn = scope.Minutes("max-transfer-idle-in", 60),
        MaxTransferIdleOut = scope.Minutes("max-transfer-idle-out", 60),
        MinRefreshTime = scope.Seconds("min-refresh-time", 300),
        MaxRefreshTime = scope.Seconds("max-refresh-time", 4 * WeekSeconds),
        MinRetryTime = scope.Seconds("min-retry-time", 500),
        MaxRetryTime = scope.Seconds("max-retry-time", 2 * WeekSeconds),
        MultiMaster = scope.Flag("multi-master", false),
        TryTcpRefresh = scope.Flag("try-tcp-refresh", true),
        ZeroNoSoaTtl = scope.Flag("zero-no-soa-ttl", true),
        MasterfileFormat = scope.Word(
            "masterfile-format", kind == ZoneKind.Secondary ? MasterFileFormat.Raw : MasterFileFormat.Text,
            ("raw", MasterFileFormat.Raw), ("text", MasterFileFormat.Text)),
        MasterfileStyle = scope.Word("masterfile-style", MasterFileStyle.Relative, ("full", MasterFileStyle.Full)),
        CheckNames = ReadCheckNames(zone, outer, kind),
        CheckMx = Check(scope, "check-mx"),
        CheckMxCname = Check(scope, "check-mx-cname"),
        CheckSrvCname = Check(scope, "check-srv-cname"),
        CheckDupRecords = Check(scope, "check-dup-records"),
        CheckSpf = Check(scope, "check-spf"),
        CheckIntegrity = scope.Flag("check-integrity", true),
        CheckSibling = scope.Flag("check-sibling", true),
        CheckWildcard = scope.Flag("check-wildcard", true),
        CheckSvcb = scope.Flag("check-svcb", true),
        MaxZoneTtl = scope.Read<TimeSpan?>(
            "max-zone-ttl", null, s => s.Scalar.AsNumber() is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
        SerialUpdateMethod = scope.Word(
            "serial-update-method", SerialUpdateMethod.Increment, ("date", SerialUpdateMethod.Date),
            ("unixtime", SerialUpdateMethod.UnixTime)),
        ZoneStatistics = scope.Word(
            "zone-statistics", ZoneStatistics.Terse, ("yes", ZoneStatistics.Full), ("full", ZoneStatistics.Full),
            ("no", ZoneStatistics.None), ("none", ZoneStatistics.None)),
        DnssecPolicy = scope.Read("dnssec-policy", "none", s => s.Text ?? "none"),
        Forward = ViewBuilder.ReadForward(scope),
        Forwarders = scope.Servers("forwarders"),
    };

    private static Setting<CheckMode> Check(SettingScope scope, string name) => scope.Word(name, CheckMode.Warn, Modes);

    private static (string Word, CheckMode Value)[] Modes =>
        [("fail", CheckMode.Fail), ("warn", CheckMode.Warn), ("ignore", CheckMode.Ignore)];

    private static Setting<CheckMode> ReadCheckNames(SyntaxValue.Block zone, SettingScope outer, ZoneKind kind)
    {
        CheckMode fallback = kind == ZoneKind.Primary ? CheckMode.Fail : CheckMode.Warn;
        if (zone.Find("check-names") is { } own)
            return new(SettingScope.Choose(own.Text, fallback, Modes), own.Position);
        string[] words = kind == ZoneKind.Primary ? ["primary", "master"] : ["secondary", "slave"];
        foreach (Statement statement in outer.FindAll("check-names"))
        {
            if (words.Contains(statement.Text, StringComparer.OrdinalIgnoreCase))
                return new(SettingScope.Choose(statement.Values[^1].AsText(), fallback, Modes), statement.Position);
        }

        return new(fallback, SourcePosition.None);
    }

    private static bool IsFor(string? text, ZoneKind kind) => text?.ToUpperInvariant() switch
    {
        "YES" => true,
        "PRIMARY" or "MASTER" => kind == ZoneKind.Primary,
        "SECONDARY" or "SLAVE" => kind == ZoneKind.Secondary,
        _ => false,
    };
}

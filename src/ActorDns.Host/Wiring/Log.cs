using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// The node's log lines, in BIND's words. An event name that begins with <c>notice</c> marks BIND's severity between
/// info and warning.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(3060, LogLevel.Error, "cluster: this server cannot be node {Node}: {Reason}")]
    public static partial void NotInCluster(ILogger logger, string node, string reason);

    [LoggerMessage(3001, LogLevel.Information, "loading configuration from '{File}'")]
    public static partial void LoadingConfiguration(ILogger logger, string file);

    [LoggerMessage(3002, LogLevel.Error, "{Diagnostic}")]
    public static partial void ConfigurationError(ILogger logger, string diagnostic);

    [LoggerMessage(3003, LogLevel.Warning, "{Diagnostic}")]
    public static partial void ConfigurationWarning(ILogger logger, string diagnostic);

    [LoggerMessage(3004, LogLevel.Warning, "{Position}: '{Statement}' has no effect: {Reason}")]
    public static partial void StatementWithoutEffect(ILogger logger, string position, string statement, string reason);

    [LoggerMessage(3005, LogLevel.Error, "loading configuration: failure")]
    public static partial void LoadingFailed(ILogger logger);

    [LoggerMessage(3006, LogLevel.Information, "listening on {Family} interface {Interface}, {Endpoint}")]
    public static partial void Listening(ILogger logger, string family, string @interface, string endpoint);

    [LoggerMessage(3007, LogLevel.Error, "could not listen on {Endpoint}: {Reason}")]
    public static partial void CannotListen(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3008, LogLevel.Warning, "not listening on any address: no interface matches listen-on or listen-on-v6")]
    public static partial void NotListening(ILogger logger);

    [LoggerMessage(3009, LogLevel.Information, "zone {Zone}: loaded serial {Serial}")]
    public static partial void ZoneLoaded(ILogger logger, string zone, uint serial);

    [LoggerMessage(3010, LogLevel.Error, "zone {Zone}: {Problem}")]
    public static partial void ZoneError(ILogger logger, string zone, string problem);

    [LoggerMessage(3040, LogLevel.Error, "zone {Zone}: loading from master file {File} failed: {Reason}")]
    public static partial void ZoneFileFailed(ILogger logger, string zone, string file, string reason);

    [LoggerMessage(3041, LogLevel.Warning, "{Position}: key '{Key}': everybody may read this file; 'chmod o-r' keeps the secret")]
    public static partial void OpenKeyFile(ILogger logger, string position, string key);

    [LoggerMessage(3011, LogLevel.Warning, "zone {Zone}: {Problem}")]
    public static partial void ZoneWarning(ILogger logger, string zone, string problem);

    [LoggerMessage(3012, LogLevel.Error, "zone {Zone}: not loaded due to errors.")]
    public static partial void ZoneNotLoaded(ILogger logger, string zone);

    [LoggerMessage(3013, LogLevel.Warning, "zone {Zone}: {Position}: type '{Type}' is not supported and ignored ({Why})")]
    public static partial void ZoneTypeIgnored(ILogger logger, string zone, string position, string type, string why);

    [LoggerMessage(3014, LogLevel.Information, "all zones loaded", EventName = "notice.all-zones-loaded")]
    public static partial void AllZonesLoaded(ILogger logger);

    [LoggerMessage(3015, LogLevel.Information, "running", EventName = "notice.running")]
    public static partial void Running(ILogger logger);

    [LoggerMessage(3016, LogLevel.Information, "reloading configuration succeeded")]
    public static partial void ReloadSucceeded(ILogger logger);

    [LoggerMessage(3017, LogLevel.Information, "reloading zones succeeded")]
    public static partial void ReloadZonesSucceeded(ILogger logger);

    [LoggerMessage(3018, LogLevel.Error, "reloading configuration failed: what was served before stays")]
    public static partial void ReloadFailed(ILogger logger);

    [LoggerMessage(3019, LogLevel.Information, "shutting down")]
    public static partial void ShuttingDown(ILogger logger);

    [LoggerMessage(3020, LogLevel.Information, "exiting", EventName = "notice.exiting")]
    public static partial void Exiting(ILogger logger);

    [LoggerMessage(3021, LogLevel.Critical, "actor {Actor} failed")]
    public static partial void ActorFailed(ILogger logger, string actor, Exception failure);

    [LoggerMessage(3022, LogLevel.Information, "{Event}")]
    public static partial void RateLimit(ILogger logger, string @event);

    [LoggerMessage(3051, LogLevel.Information, "journal: {Description}")]
    public static partial void JournalOpened(ILogger logger, string description);

    [LoggerMessage(3052, LogLevel.Warning, "journal: {Warning}")]
    public static partial void JournalWarning(ILogger logger, string warning);

    [LoggerMessage(3053, LogLevel.Error, "journal: cannot be opened ({Status}): {Reason}; zones are served, updates get SERVFAIL")]
    public static partial void JournalNotOpened(ILogger logger, string status, string reason);

    [LoggerMessage(
        3054, LogLevel.Error, "journal: {Path} cannot be used: {Reason}; zones are served from their files, updates get SERVFAIL")]
    public static partial void JournalLocked(ILogger logger, string path, string reason);

    [LoggerMessage(3055, LogLevel.Warning, "session-keyfile: cannot write {File}: {Reason}; nsupdate -l will not work")]
    public static partial void SessionKeyNotWritten(ILogger logger, string file, string reason);

    [LoggerMessage(3057, LogLevel.Warning, "{File}: {Problem}; the setting has no effect")]
    public static partial void WrongNodeSetting(ILogger logger, string file, string problem);

    [LoggerMessage(3059, LogLevel.Warning, "{Count} updates get no answer: they were not decided before the end")]
    public static partial void UpdatesUnanswered(ILogger logger, int count);

    [LoggerMessage(3056, LogLevel.Warning, "{File}: unknown setting '{Name}'")]
    public static partial void UnknownNodeSetting(ILogger logger, string file, string name);

    [LoggerMessage(3023, LogLevel.Error, "zones added at run time cannot be read: {Reason}; what is known of them is served meanwhile")]
    public static partial void CannotReadAddedZones(ILogger logger, string reason);

    [LoggerMessage(3029, LogLevel.Information, "zones added at run time can be read again: {Count} are served")]
    public static partial void AddedZonesBack(ILogger logger, int count);

    [LoggerMessage(3030, LogLevel.Information, "{Count} zones added by rndc were taken from {Files} into the store; the name of each file "
        + "ends with {Suffix} now")]
    public static partial void AddedZonesImported(ILogger logger, int count, string files, string suffix);

    [LoggerMessage(3031, LogLevel.Error, "zones added by rndc are not taken into the store: {Reason}")]
    public static partial void AddedZonesNotImported(ILogger logger, string reason);

    [LoggerMessage(3032, LogLevel.Warning, "{File} was taken into the store but cannot be renamed: {Reason}; remove it, or zones that are "
        + "deleted come back from it")]
    public static partial void AddedZonesNotSetAside(ILogger logger, string file, string reason);

    [LoggerMessage(3033, LogLevel.Error, "view {View}: zone '{Zone}', which was added at run time, is left out: {Reason}")]
    public static partial void AddedZoneLeftOut(ILogger logger, string view, string zone, string reason);

    [LoggerMessage(3024, LogLevel.Warning, "view {View}: zone '{Zone}' was added at run time and is in named.conf too; named.conf counts")]
    public static partial void AddedZoneConfigured(ILogger logger, string view, string zone);

    [LoggerMessage(3025, LogLevel.Information, "added zone {Zone} in view {View} via addzone")]
    public static partial void ZoneAdded(ILogger logger, string zone, string view);

    [LoggerMessage(3026, LogLevel.Information, "deleting zone {Zone} in view {View} via delzone")]
    public static partial void ZoneRemoved(ILogger logger, string zone, string view);

    [LoggerMessage(3027, LogLevel.Information, "any newly configured zones are now loaded")]
    public static partial void NewZonesLoaded(ILogger logger);

    [LoggerMessage(3048, LogLevel.Information, "{Client}: updating zone '{Zone}': update failed: too many DNS UPDATEs queued "
        + "(update-quota)")]
    public static partial void UpdateQuotaReached(ILogger logger, string client, string zone);

    [LoggerMessage(3028, LogLevel.Information, "updated zone {Zone} in view {View} via modzone")]
    public static partial void ZoneChanged(ILogger logger, string zone, string view);
}

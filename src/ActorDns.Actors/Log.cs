using Microsoft.Extensions.Logging;

namespace ActorDns.Actors;

/// <summary>The log lines of those who change zones; BIND's words where it has the line.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "journal: the outcome of commit {CommitId} is not known ({Reason}); looking for it")]
    public static partial void OutcomeUnknown(ILogger logger, Guid commitId, string reason);

    [LoggerMessage(4002, LogLevel.Error, "journal: the store takes no changes ({Status}): {Reason}; updates get SERVFAIL until it does")]
    public static partial void StoreFails(ILogger logger, string status, string reason);

    [LoggerMessage(4003, LogLevel.Information, "journal: the store takes changes again")]
    public static partial void StoreIsBack(ILogger logger);

    [LoggerMessage(4004, LogLevel.Warning, "refusals cannot be kept ({Status}): {Reason}")]
    public static partial void RefusalsNotKept(ILogger logger, string status, string reason);

    [LoggerMessage(4005, LogLevel.Warning, "{Count} refusals were not kept: there were too many at once")]
    public static partial void RefusalsLost(ILogger logger, long count);

    [LoggerMessage(4006, LogLevel.Warning, "journal: what is beyond the retention cannot be removed ({Status}): {Reason}")]
    public static partial void NotTrimmed(ILogger logger, string status, string reason);

    [LoggerMessage(4101, LogLevel.Information, "{Client}: updating zone '{Zone}': {What}")]
    public static partial void Updating(ILogger logger, string client, string zone, string what);

    [LoggerMessage(4102, LogLevel.Information, "{Client}: updating zone '{Zone}': {Why}")]
    public static partial void UpdateFailed(ILogger logger, string client, string zone, string why);

    [LoggerMessage(4103, LogLevel.Error, "{Client}: update '{Zone}' denied ({Rule})")]
    public static partial void UpdateDenied(ILogger logger, string client, string zone, string rule);

    [LoggerMessage(4104, LogLevel.Error, "{Client}: updating zone '{Zone}': error: journal: {Status}: {Reason}")]
    public static partial void UpdateNotJournaled(ILogger logger, string client, string zone, string status, string reason);

    [LoggerMessage(4201, LogLevel.Warning, "zone {Zone}: the journal cannot be used ({Status}): {Reason}; it is served and not changed")]
    public static partial void ZoneNotJournaled(ILogger logger, string zone, string status, string reason);

    [LoggerMessage(4202, LogLevel.Error, "zone {Zone}: the store is at version {StoreVersion}, this node at {OwnVersion}: it went back; "
        + "the zone is served and takes no change until it is recovered")]
    public static partial void StoreWentBack(ILogger logger, string zone, long storeVersion, long ownVersion);

    [LoggerMessage(
        4203, LogLevel.Information, "zone {Zone}: recovered serial {Serial} from the journal ({Entries} changes after the checkpoint)")]
    public static partial void Recovered(ILogger logger, string zone, uint serial, int entries);

    [LoggerMessage(4204, LogLevel.Error, "zone {Zone}: the journal cannot be replayed: {Reason}")]
    public static partial void ReplayFailed(ILogger logger, string zone, string reason);

    [LoggerMessage(4205, LogLevel.Warning, "{File}: content changed under serial {FileSerial}, which is not newer than {Current}; "
        + "zone {Zone} is loaded under serial {Serial}")]
    public static partial void SerialNotRaised(ILogger logger, string file, uint fileSerial, uint current, string zone, uint serial);

    [LoggerMessage(4206, LogLevel.Warning, "zone {Zone}: {File} differs from what is served; a dynamic zone's file is read by thaw only")]
    public static partial void FileDiffers(ILogger logger, string zone, string file);

    [LoggerMessage(4207, LogLevel.Error, "zone {Zone}: cannot write {File}: {Reason}")]
    public static partial void FileNotWritten(ILogger logger, string zone, string file, string reason);

    [LoggerMessage(4208, LogLevel.Information, "zone {Zone}: wrote serial {Serial} to {File}")]
    public static partial void FileWritten(ILogger logger, string zone, uint serial, string file);

    [LoggerMessage(4210, LogLevel.Information, "zone {Zone}: rolled back from serial {From} to the content of {To}, as {Serial}")]
    public static partial void RolledBack(ILogger logger, string zone, uint from, uint to, uint serial);

    [LoggerMessage(4211, LogLevel.Warning, "zone {Zone}: rollback to serial {To} refused ({Reason})")]
    public static partial void RollbackRefused(ILogger logger, string zone, uint to, string reason);

    [LoggerMessage(4212, LogLevel.Warning, "zone {Zone}: {Warning}")]
    public static partial void RolledBackFromFile(ILogger logger, string zone, string warning);

    [LoggerMessage(4213, LogLevel.Information, "zone {Zone}: {File} has not changed since it was imported and is not read again: "
        + "it has serial {FileSerial}, served is {Serial}")]
    public static partial void FileIsKnown(ILogger logger, string zone, string file, uint fileSerial, uint serial);

    [LoggerMessage(4209, LogLevel.Warning, "zone {Zone}: no checkpoint: {Reason}; the next start replays more of the journal")]
    public static partial void CheckpointFailed(ILogger logger, string zone, string reason);

    [LoggerMessage(4501, LogLevel.Information, "zone {Zone}: Transfer started.")]
    public static partial void TransferStarted(ILogger logger, string zone);

    [LoggerMessage(4502, LogLevel.Information, "{Transfer}: connected using {Local}{Signed}")]
    public static partial void TransferConnected(ILogger logger, string transfer, string local, string signed);

    [LoggerMessage(4503, LogLevel.Information, "zone {Zone}: transferred serial {Serial}{Signed}")]
    public static partial void TransferredSerial(ILogger logger, string zone, uint serial, string signed);

    [LoggerMessage(4504, LogLevel.Information, "{Transfer}: Transfer status: {Status}")]
    public static partial void TransferStatus(ILogger logger, string transfer, string status);

    [LoggerMessage(4505, LogLevel.Error, "{Transfer}: Transfer status: {Reason}")]
    public static partial void TransferFailed(ILogger logger, string transfer, string reason);

    [LoggerMessage(4506, LogLevel.Information, "{Transfer}: Transfer completed: {Messages} messages, {Records} records, {Bytes} bytes, "
        + "{Seconds} secs ({Rate} bytes/sec) (serial {Serial})")]
    public static partial void TransferCompleted(
        ILogger logger, string transfer, long messages, long records, long bytes, string seconds, long rate, uint serial);

    [LoggerMessage(4507, LogLevel.Information, "{Transfer}: got {Reason}, retrying with AXFR")]
    public static partial void RetryingWithAxfr(ILogger logger, string transfer, string reason);

    [LoggerMessage(4508, LogLevel.Warning, "{Transfer}: ignoring out-of-zone data: {Count} records")]
    public static partial void OutOfZoneIgnored(ILogger logger, string transfer, long count);

    [LoggerMessage(4601, LogLevel.Information, "zone {Zone}: refresh: failure trying primary {Primary} (source {Source}): {Reason}")]
    public static partial void RefreshFailed(ILogger logger, string zone, string primary, string source, string reason);

    [LoggerMessage(4602, LogLevel.Information, "zone {Zone}: serial number ({Theirs}) received from primary {Primary} < ours ({Ours})")]
    public static partial void SerialIsOlder(ILogger logger, string zone, uint theirs, string primary, uint ours);

    [LoggerMessage(4603, LogLevel.Information, "zone {Zone}: notify from {Sender}: {Hint}")]
    public static partial void NotifyHint(ILogger logger, string zone, string sender, string hint);

    [LoggerMessage(4604, LogLevel.Information, "zone {Zone}: notify from {Sender}: zone is up to date")]
    public static partial void NotifyIsUpToDate(ILogger logger, string zone, string sender);

    [LoggerMessage(4605, LogLevel.Information, "zone {Zone}: notify from {Sender}: refresh in progress, refresh check queued")]
    public static partial void NotifyQueued(ILogger logger, string zone, string sender);

    [LoggerMessage(4606, LogLevel.Warning, "zone {Zone}: expired")]
    public static partial void Expired(ILogger logger, string zone);

    [LoggerMessage(4607, LogLevel.Information, "zone {Zone}: refresh: skipping primary {Primary}: it was unreachable (cached)")]
    public static partial void PrimarySkipped(ILogger logger, string zone, string primary);

    [LoggerMessage(4801, LogLevel.Information, "zone {Zone}: sending notifies (serial {Serial})")]
    public static partial void SendingNotifies(ILogger logger, string zone, uint serial);

    [LoggerMessage(4802, LogLevel.Debug, "zone {Zone}: sending notify to {Server} (serial {Serial}, {How})")]
    public static partial void SendingNotify(ILogger logger, string zone, string server, uint serial, string how);

    [LoggerMessage(4803, LogLevel.Debug, "zone {Zone}: notify response from {Server}: {Rcode} (serial {Serial})")]
    public static partial void NotifyAcknowledged(ILogger logger, string zone, string server, string rcode, uint serial);

    [LoggerMessage(4804, LogLevel.Warning, "zone {Zone}: notify response from {Server}: {Rcode}")]
    public static partial void NotifyRefused(ILogger logger, string zone, string server, string rcode);

    [LoggerMessage(4805, LogLevel.Warning, "zone {Zone}: notify to {Server}: {Problem}")]
    public static partial void NotifyProblem(ILogger logger, string zone, string server, string problem);

    [LoggerMessage(4806, LogLevel.Information, "zone {Zone}: notify to {Server} failed: {Problem}: retrying over TCP")]
    public static partial void NotifyRetriedOverTcp(ILogger logger, string zone, string server, string problem);

    [LoggerMessage(4807, LogLevel.Warning, "zone {Zone}: notify to {Server} failed: {Problem}")]
    public static partial void NotifyFailed(ILogger logger, string zone, string server, string problem);

    [LoggerMessage(4808, LogLevel.Warning, "zone {Zone}: the address of name server {Name} is not known; it is not notified")]
    public static partial void NameServerUnknown(ILogger logger, string zone, string name);

    [LoggerMessage(4809, LogLevel.Warning, "zone {Zone}: more than {Most} servers to notify; the rest is left out")]
    public static partial void TooManyServers(ILogger logger, string zone, int most);

    [LoggerMessage(4810, LogLevel.Warning, "notify-source {Source} cannot be bound: {Reason}; another port is used")]
    public static partial void NotifySourcePortTaken(ILogger logger, string source, string reason);

    [LoggerMessage(4608, LogLevel.Information, "{Client}: forwarding update for zone '{Zone}'")]
    public static partial void ForwardingUpdate(ILogger logger, string client, string zone);

    [LoggerMessage(4609, LogLevel.Information, "zone {Zone}: forwarded dynamic update: primary {Primary} returned: {Rcode}")]
    public static partial void UpdateForwarded(ILogger logger, string zone, string primary, string rcode);

    [LoggerMessage(4610, LogLevel.Information, "zone {Zone}: could not forward dynamic update to {Primary}: {Reason}")]
    public static partial void UpdateNotForwarded(ILogger logger, string zone, string primary, string reason);
}

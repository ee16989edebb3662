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

    [LoggerMessage(4202, LogLevel.Error, "zone {Zone}: {Why}; the zone is served and takes no change until it is recovered")]
    public static partial void StoreDiffers(ILogger logger, string zone, string why);

    [LoggerMessage(
        4203, LogLevel.Information, "zone {Zone}: recovered serial {Serial} from the journal ({Entries} changes after the checkpoint)")]
    public static partial void Recovered(ILogger logger, string zone, uint serial, int entries);

    [LoggerMessage(4204, LogLevel.Error, "zone {Zone}: the journal cannot be replayed: {Reason}")]
    public static partial void ReplayFailed(ILogger logger, string zone, string reason);

    [LoggerMessage(4205, LogLevel.Warning, "{File}: content changed under serial {FileSerial}, which is not newer than {Current}; "
        + "zone {Zone} is loaded under serial {Serial}")]
    public static partial void SerialNotRaised(ILogger logger, string file, uint fileSerial, uint current, string zone, uint serial);

    [LoggerMessage(
        4215, LogLevel.Warning, "zone {Zone}: the store is away: serial {Serial} as written at {Time:u} is served read-only from {File}")]
    public static partial void Resumed(ILogger logger, string zone, uint serial, DateTimeOffset time, string file);

    [LoggerMessage(4216, LogLevel.Warning, "zone {Zone}: the store is away, and {File} cannot be served meanwhile: {Reason}")]
    public static partial void CheckpointNotUsed(ILogger logger, string zone, string file, string reason);

    [LoggerMessage(4217, LogLevel.Warning, "zone {Zone}: {Why}: the local checkpoint is given up for what the store has")]
    public static partial void CheckpointGivenUp(ILogger logger, string zone, string why);

    [LoggerMessage(4206, LogLevel.Warning, "zone {Zone}: {File} differs from what is served; a dynamic zone's file is read by thaw only")]
    public static partial void FileDiffers(ILogger logger, string zone, string file);

    [LoggerMessage(4207, LogLevel.Error, "zone {Zone}: cannot write {File}: {Reason}")]
    public static partial void FileNotWritten(ILogger logger, string zone, string file, string reason);

    [LoggerMessage(4208, LogLevel.Information, "zone {Zone}: wrote serial {Serial} to {File}")]
    public static partial void FileWritten(ILogger logger, string zone, uint serial, string file);

    [LoggerMessage(4210, LogLevel.Information, "zone {Zone}: rolled back from serial {From} to the content of {To}, as {Serial}")]
    public static partial void RolledBack(ILogger logger, string zone, uint from, uint to, uint serial);

    [LoggerMessage(4220, LogLevel.Information, "zone {Zone}: serial set from {From} to {Serial}")]
    public static partial void SerialSet(ILogger logger, string zone, uint from, uint serial);

    [LoggerMessage(4221, LogLevel.Warning, "zone {Zone}: serial {Serial} not set ({Reason})")]
    public static partial void SerialRefused(ILogger logger, string zone, uint serial, string reason);

    [LoggerMessage(4211, LogLevel.Warning, "zone {Zone}: rollback to serial {To} refused ({Reason})")]
    public static partial void RollbackRefused(ILogger logger, string zone, uint to, string reason);

    [LoggerMessage(4212, LogLevel.Warning, "zone {Zone}: {Warning}")]
    public static partial void RolledBackFromFile(ILogger logger, string zone, string warning);

    [LoggerMessage(4213, LogLevel.Information, "zone {Zone}: {File} has not changed since it was imported and is not read again: "
        + "it has serial {FileSerial}, served is {Serial}")]
    public static partial void FileIsKnown(ILogger logger, string zone, string file, uint fileSerial, uint serial);

    [LoggerMessage(4209, LogLevel.Warning, "zone {Zone}: no checkpoint: {Reason}; the next start replays more of the journal")]
    public static partial void CheckpointFailed(ILogger logger, string zone, string reason);

    [LoggerMessage(4214, LogLevel.Warning, "zone {Zone}: node {Node} has recovered it under serial {Serial}, which counts from now on")]
    public static partial void RecoveredElsewhere(ILogger logger, string zone, string node, uint serial);

    [LoggerMessage(4320, LogLevel.Warning, "{Position}: zone {Zone}: {File} has serial {FileSerial} and differs from what the nodes serve "
        + "under serial {Serial}; it is not read: 'rndc reload ZONE' on this node takes it for all of them")]
    public static partial void FileNotImported(
        ILogger logger, string position, string zone, string file, uint fileSerial, uint serial);

    [LoggerMessage(4321, LogLevel.Warning, "zone {Zone}: recovered with {What}, under serial {Serial}")]
    public static partial void ZoneRecovered(ILogger logger, string zone, string what, uint serial);

    [LoggerMessage(4322, LogLevel.Error, "zone {Zone}: not frozen: {Reason}")]
    public static partial void NotFrozen(ILogger logger, string zone, string reason);

    [LoggerMessage(4301, LogLevel.Warning, "cluster: changes of other nodes are not heard ({Status}): {Reason}; trying again")]
    public static partial void ListeningEnded(ILogger logger, string status, string reason);

    [LoggerMessage(4302, LogLevel.Information, "cluster: changes of other nodes are heard again")]
    public static partial void ListeningAgain(ILogger logger);

    [LoggerMessage(4303, LogLevel.Information, "cluster: node {Node} is there")]
    public static partial void NodeLives(ILogger logger, string node);

    [LoggerMessage(4304, LogLevel.Warning, "cluster: node {Node} is gone")]
    public static partial void NodeGone(ILogger logger, string node);

    [LoggerMessage(4305, LogLevel.Warning, "cluster: node {Node} is lagging: it did not serve a change within {Milliseconds} ms; "
        + "clients do not wait for it until it keeps up")]
    public static partial void NodeLags(ILogger logger, string node, long milliseconds);

    [LoggerMessage(4306, LogLevel.Information, "cluster: node {Node} keeps up again")]
    public static partial void NodeKeepsUp(ILogger logger, string node);

    [LoggerMessage(4307, LogLevel.Error, "cluster: another process is node {Node} now: {Reason}; give each node a name of its own")]
    public static partial void NameIsTaken(ILogger logger, string node, string reason);

    [LoggerMessage(4308, LogLevel.Information, "cluster: waiting until the earlier process of node {Node} is given up: {Reason}")]
    public static partial void WaitingForName(ILogger logger, string node, string reason);

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

    [LoggerMessage(4509, LogLevel.Error, "{Transfer}: {Excess}")]
    public static partial void TransferExceeds(ILogger logger, string transfer, string excess);

    [LoggerMessage(4611, LogLevel.Error, "zone {Zone}: its content may be in the journal, which cannot be read ({Status}): {Reason}; "
        + "it is served when the journal can be read again")]
    public static partial void SecondaryNotRestored(ILogger logger, string zone, string status, string reason);

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

    [LoggerMessage(4901, LogLevel.Information, "key registry: {What}")]
    public static partial void KeyCommandDone(ILogger logger, string what);

    [LoggerMessage(EventId = 4902, Message = "key '{Name}' generation {Generation} is confirmed by every node and signs from now on")]
    public static partial void KeyActivated(ILogger logger, LogLevel level, string name, int generation);

    [LoggerMessage(EventId = 4903, Message = "key '{Name}' generation {Generation} is retired: nobody has used it for its overlap")]
    public static partial void KeyRetired(ILogger logger, LogLevel level, string name, int generation);

    [LoggerMessage(EventId = 4904, Message = "key '{Line}' is rotated by its schedule: generation {Generation} is '{Name}'")]
    public static partial void KeyRotated(ILogger logger, LogLevel level, string line, int generation, string name);

    [LoggerMessage(4905, LogLevel.Warning, "the key registry cannot be read or written: {Reason}; keys stay as they are")]
    public static partial void KeyStoreAway(ILogger logger, string reason);

    [LoggerMessage(4907, LogLevel.Information, "server {Peer} knows key '{Name}': it signs what is sent there from now on")]
    public static partial void PeerSwitched(ILogger logger, string peer, string name);

    [LoggerMessage(4908, LogLevel.Information, "server {Peer} was asked with key '{Name}': {Problem}; '{Old}' goes on signing")]
    public static partial void PeerNotSwitched(ILogger logger, string peer, string name, string problem, string old);

    [LoggerMessage(4906, LogLevel.Error, "the secrets of registered keys {Keys} cannot be opened here: {Reason}")]
    public static partial void KeysNotOpened(ILogger logger, string keys, string reason);

    [LoggerMessage(
        4909, LogLevel.Warning,
        "the key registry cannot be read: {Keys} keys, {Ended} of them ended, are taken from {File}, "
        + "as the registry was at {Time} ({Age} ago)")]
    public static partial void KeptKeysTaken(ILogger logger, int keys, int ended, string file, string time, string age);

    [LoggerMessage(
        4910, LogLevel.Warning,
        "{File} is not used, so that until the store is back this node knows the keys of named.conf alone, also revoked ones: {Reason}")]
    public static partial void KeptKeysNotUsed(ILogger logger, string file, string reason);

    [LoggerMessage(
        4911, LogLevel.Warning,
        "{File} cannot be written, so that a start without the store would not know the keys of the registry as they are now: {Reason}")]
    public static partial void KeysNotKept(ILogger logger, string file, string reason);

    [LoggerMessage(4912, LogLevel.Information, "the key registry is read again: its keys are in force, not those of {File} any more")]
    public static partial void KeyRegistryIsBack(ILogger logger, string file);
}

using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Pipeline;

/// <summary>The pipeline's log lines. The texts before the parenthesis are BIND's, which operators' filters look for.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "{Client}: request has invalid signature: TSIG {Key}: {Reason}")]
    public static partial void InvalidSignature(ILogger logger, string client, string key, string reason);

    [LoggerMessage(
        1009, LogLevel.Debug, "{Client}: no matching view in class '{Class}' ({Rule})", EventName = "debug.1.no-view")]
    public static partial void NoView(ILogger logger, string client, string @class, string rule);

    [LoggerMessage(1002, LogLevel.Information, "{Client}: query '{Question}' denied (zone {Zone}; {Rule})")]
    public static partial void QueryDenied(ILogger logger, string client, string question, string zone, string rule);

    [LoggerMessage(1003, LogLevel.Error, "{Client}: zone transfer '{Zone}/{Type}/IN' denied ({Rule})")]
    public static partial void TransferDenied(ILogger logger, string client, string zone, string type, string rule);

    [LoggerMessage(1004, LogLevel.Error, "{Client}: {Kind} '{Zone}' denied ({Rule})")]
    public static partial void UpdateDenied(ILogger logger, string client, string kind, string zone, string rule);

    [LoggerMessage(1005, LogLevel.Information, "{Client}: query: {Question} {Flags} ({Local})")]
    public static partial void Query(ILogger logger, string client, string question, string flags, string local);

    [LoggerMessage(
        1008, LogLevel.Information, "{Client}: bad zone transfer request: '{Zone}': non-authoritative zone (NOTAUTH)")]
    public static partial void TransferWithoutZone(ILogger logger, string client, string zone);

    [LoggerMessage(1006, LogLevel.Information, "{Client}: received notify for zone '{Zone}'{Signed}")]
    public static partial void NotifyReceived(ILogger logger, string client, string zone, string signed);

    [LoggerMessage(1007, LogLevel.Information, "zone {Zone}: refused notify from non-primary: {Sender} ({Rule})")]
    public static partial void NotifyRefused(ILogger logger, string zone, string sender, string rule);
}

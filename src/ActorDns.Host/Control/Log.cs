using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Control;

/// <summary>The control channel's log lines, in BIND's words.</summary>
internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Information, "command channel listening on {Endpoint}", EventName = "notice.command-channel")]
    public static partial void Listening(ILogger logger, string endpoint);

    [LoggerMessage(3202, LogLevel.Information, "stopping command channel on {Endpoint}")]
    public static partial void Stopping(ILogger logger, string endpoint);

    [LoggerMessage(3203, LogLevel.Warning, "couldn't add command channel {Endpoint}: {Reason}")]
    public static partial void CannotListen(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3204, LogLevel.Information, "received control channel command '{Line}'")]
    public static partial void Received(ILogger logger, string line);

    [LoggerMessage(3205, LogLevel.Debug, "received control channel command '{Line}'", EventName = "debug.1.quiet-command")]
    public static partial void ReceivedQuiet(ILogger logger, string line);

    [LoggerMessage(3206, LogLevel.Error, "invalid command from {Peer}: {Reason} ({Rule})")]
    public static partial void Invalid(ILogger logger, string peer, string reason, string rule);

    [LoggerMessage(3207, LogLevel.Warning, "rejected command channel message from {Peer} ({Rule})")]
    public static partial void Rejected(ILogger logger, string peer, string rule);

    [LoggerMessage(3208, LogLevel.Warning, "unknown control channel command '{Command}'")]
    public static partial void Unknown(ILogger logger, string command);

    [LoggerMessage(3209, LogLevel.Warning, "rejecting restricted control channel command '{Line}' ({Rule})")]
    public static partial void Restricted(ILogger logger, string line, string rule);

    [LoggerMessage(3210, LogLevel.Error, "control channel command '{Command}' failed")]
    public static partial void Failed(ILogger logger, string command, Exception failure);

    [LoggerMessage(3211, LogLevel.Warning, "too many control connections on {Endpoint}: that of {Peer} was closed")]
    public static partial void TooMany(ILogger logger, string endpoint, string peer);

    [LoggerMessage(3212, LogLevel.Debug, "control connection of {Peer} ended: {Reason}", EventName = "debug.3.control-connection")]
    public static partial void ConnectionEnded(ILogger logger, string peer, string reason);

    [LoggerMessage(3213, LogLevel.Information, "wrote a new control key to '{File}'")]
    public static partial void WroteKey(ILogger logger, string file);
}

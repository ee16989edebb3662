using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Commands;

/// <summary>What the commands log themselves.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Error, "couldn't open pid file '{File}': {Reason}")]
    public static partial void CannotWritePidFile(ILogger logger, string file, string reason);

    [LoggerMessage(3102, LogLevel.Error, "reloading failed; what was served stays")]
    public static partial void ReloadThrew(ILogger logger, Exception failure);

    [LoggerMessage(3103, LogLevel.Warning, "option '{Option}' means nothing here and is ignored")]
    public static partial void OptionIgnored(ILogger logger, string option);

    [LoggerMessage(3104, LogLevel.Information, "received SIGHUP signal to reload zones")]
    public static partial void HangUp(ILogger logger);
}

using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Metrics;

/// <summary>What is logged of health and metrics.</summary>
internal static partial class Log
{
    [LoggerMessage(3301, LogLevel.Information, "health and metrics: listening on {Address}")]
    public static partial void HttpListening(ILogger logger, string address);

    [LoggerMessage(3302, LogLevel.Error, "health and metrics: cannot listen on {Endpoint}: {Reason}")]
    public static partial void CannotListenHttp(ILogger logger, string endpoint, string reason);

    [LoggerMessage(3303, LogLevel.Information, "metrics: sent to {Endpoint} by OTLP ({Protocol})")]
    public static partial void SendingOtlp(ILogger logger, Uri endpoint, string protocol);

    [LoggerMessage(3304, LogLevel.Warning, "metrics: Otlp has changed, which needs a restart to take effect")]
    public static partial void OtlpNeedsRestart(ILogger logger);
}

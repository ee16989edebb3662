using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using Microsoft.Extensions.Logging;

namespace ActorDns.Server.Transfers;

/// <summary>The log of outgoing transfers, category <c>xfer-out</c>, in BIND's words; counts them too.</summary>
/// <param name="loggers">Makes the logger of the category.</param>
/// <param name="metrics">Where transfers are counted; null where nobody counts.</param>
public sealed partial class TransferLog(ILoggerFactory loggers, ServerMetrics? metrics = null)
{
    private readonly ILogger _logger = loggers.CreateLogger("xfer-out");

    internal void Started(TransferRequest request)
    {
        if (_logger.IsEnabled(LogLevel.Information))
            LogStarted(_logger, Prefix(request), Kind(request), Signed(request), Serials(request));
    }

    internal void WholeZoneInstead(TransferRequest request, string reason)
    {
        if (_logger.IsEnabled(LogLevel.Information))
            LogWholeZone(_logger, Prefix(request), reason, request.Lease.Snapshot.Serial.Value);
    }

    internal void Ended(TransferRequest request, TransferStream stream, TimeSpan elapsed)
    {
        metrics?.Done(Kind(request), stream.Bytes);
        if (!_logger.IsEnabled(LogLevel.Information))
            return;
        double seconds = Math.Round(elapsed.TotalSeconds, 3);
        long rate = (long)(stream.Bytes / Math.Max(seconds, 0.001));
        LogEnded(
            _logger,
            Prefix(request),
            Kind(request),
            stream.Messages,
            stream.Records,
            stream.Bytes,
            seconds.ToString("F3", System.Globalization.CultureInfo.InvariantCulture),
            rate,
            Serials(request));
    }

    internal void Aborted(TransferRequest request, string reason)
    {
        metrics?.Aborted(Kind(request));
        if (_logger.IsEnabled(LogLevel.Error))
            LogAborted(_logger, Prefix(request), reason);
    }

    internal void QuotaReached(TransferRequest request, int quota)
    {
        metrics?.OverQuota();
        if (_logger.IsEnabled(LogLevel.Warning))
            LogQuota(_logger, Prefix(request), quota);
    }

    private static string Prefix(TransferRequest request)
    {
        string key = request.IsSigned ? "/key " + TsigText.LogName(request.Tsig.KeyName) : "";
        string name = NameText.ToText(request.QuestionName.Span, keepFinalDot: false);
        string view = request.Zone.ViewName is { } shown ? $": view {shown}" : "";
        return $"client @0x{request.Client.GetHashCode():x} {request.Client}{key} ({name}){view}: transfer of '{request.Zone.LogName}'";
    }

    private static string Kind(TransferRequest request) =>
        request.Changes is not null ? "IXFR" : request.Type == RecordType.Ixfr ? "AXFR-style IXFR" : "AXFR";

    private static string Serials(TransferRequest request) => request.Changes is not null
        ? $"serial {request.ClientSerial} -> {request.Lease.Snapshot.Serial}"
        : $"serial {request.Lease.Snapshot.Serial}";

    private static string Signed(TransferRequest request) =>
        request.IsSigned ? ": TSIG " + TsigText.LogName(request.Tsig.KeyName) : "";

    [LoggerMessage(1101, LogLevel.Information, "{Transfer}: {Kind} started{Signed} ({Serials})")]
    private static partial void LogStarted(ILogger logger, string transfer, string kind, string signed, string serials);

    [LoggerMessage(
        1102,
        LogLevel.Information,
        "{Transfer}: {Kind} ended: {Messages} messages, {Records} records, {Bytes} bytes, "
        + "{Seconds} secs ({Rate} bytes/sec) ({Serials})")]
    private static partial void LogEnded(
        ILogger logger,
        string transfer,
        string kind,
        long messages,
        long records,
        long bytes,
        string seconds,
        long rate,
        string serials);

    [LoggerMessage(1103, LogLevel.Error, "{Transfer}: aborted: {Reason}")]
    private static partial void LogAborted(ILogger logger, string transfer, string reason);

    [LoggerMessage(1104, LogLevel.Warning, "{Transfer}: zone transfer quota reached ({Quota} sessions, transfers-out)")]
    private static partial void LogQuota(ILogger logger, string transfer, int quota);

    [LoggerMessage(1105, LogLevel.Information, "{Transfer}: {Reason}, falling back to AXFR (serial {Serial})")]
    private static partial void LogWholeZone(ILogger logger, string transfer, string reason, uint serial);
}

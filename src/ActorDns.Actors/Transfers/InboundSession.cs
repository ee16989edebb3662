using System.Security.Cryptography;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Transfers;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Transfers;

/// <summary>
/// One conversation with a primary: asks, reads, verifies, and hands what came to the zone's writer. Differences that cannot be had, or do
/// not fit, lead to the whole zone by themselves. It fails alone.
/// </summary>
internal sealed class InboundSession(InboundCommand.Fetch fetch, TimeProvider clock, ILogger log, ActorsMetrics? metrics)
    : Actor<InboundSessionCommand>
{
    private static readonly TimeSpan ConnectDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan InstallDeadline = TimeSpan.FromHours(1);
    private readonly InboundTransfer _transfer = fetch.Transfer;
    private bool _isAnswered;

    private string Title => $"transfer of '{_transfer.LogName}' from {_transfer.Primary.Endpoint}";

    private string Signed => _transfer.Primary.Key is { } key ? $": TSIG '{TsigText.LogName(key.Name.Wire)}'" : "";

    /// <inheritdoc/>
    protected override async ValueTask ReceiveAsync(InboundSessionCommand message, ActorContext<InboundSessionCommand> ctx)
    {
        Log.TransferStarted(log, _transfer.LogName);
        using CancellationTokenSource longest = new(_transfer.MaxTime, clock);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, ctx.Stopping);
        bool isIncremental = _transfer.Held is not null && _transfer.Primary.RequestsIxfr;
        InboundOutcome? outcome = isIncremental ? await AttemptAsync(_transfer.Held, end.Token).ConfigureAwait(false) : null;
        outcome ??= await AttemptAsync(null, end.Token).ConfigureAwait(false);
        Answer(outcome!);
        ctx.Stop();
    }

    /// <inheritdoc/>
    protected override ValueTask PostStopAsync(ActorContext<InboundSessionCommand> ctx)
    {
        if (!_isAnswered)
            Answer(new InboundOutcome(InboundStatus.Failed, null, null, "the transfer was cancelled"));
        return ValueTask.CompletedTask;
    }

    private void Answer(InboundOutcome outcome)
    {
        _isAnswered = true;
        fetch.Answer.Reply(outcome);
    }

    /// <summary>Asks once, for differences or the whole zone. Null, of differences only, when the whole zone is to be tried.</summary>
    private async ValueTask<InboundOutcome?> AttemptAsync(HeldSoa? held, CancellationToken ct)
    {
        long started = clock.GetTimestamp();
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        RecordType type = held is null ? RecordType.Axfr : RecordType.Ixfr;
        ReadOnlyMemory<byte> request = OutboundQuery.MakeFramed(
            _transfer.Primary, _transfer.Origin, type, id, held, clock.GetUtcNow().ToUnixTimeSeconds(), out TsigContext tsig);
        TransferQuestion question = new(_transfer.Origin, id, held?.Serial) { MaxRecords = _transfer.MaxRecords };
        using TransferReader reader = new(question, tsig.Key is null ? null : new TsigStreamVerifier(tsig));
        (InboundStatus status, string reason) = await ReceiveAsync(reader, request, ct).ConfigureAwait(false);
        if (status == InboundStatus.Done && reader.TryTakeResult(out TransferredZone? zone))
        {
            if (reader.OutOfZoneCount > 0)
                Log.OutOfZoneIgnored(log, Title, reader.OutOfZoneCount);
            if (zone.IsUpToDate)
            {
                metrics?.Transferred(isIncremental: held is not null, InboundStatus.UpToDate);
                return UpToDate(reader, started);
            }

            (status, reason) = await InstallAsync(zone, reader, ct).ConfigureAwait(false);
        }

        metrics?.Transferred(isIncremental: held is not null, status);
        if (status == InboundStatus.Failed && held is not null)
        {
            Log.RetryingWithAxfr(log, Title, reason);
            return null;
        }

        if (status is InboundStatus.Failed or InboundStatus.Unreachable or InboundStatus.TooMany)
            Log.TransferFailed(log, Title, reason);
        else
            Log.TransferStatus(log, Title, "success");
        WriteFigures(reader, started);
        return new InboundOutcome(status, reader.Messages > 0 ? reader.Serial : null, reader.ExpireSeconds, reason);
    }

    private InboundOutcome UpToDate(TransferReader reader, long started)
    {
        Log.TransferStatus(log, Title, "up to date");
        WriteFigures(reader, started);
        return new InboundOutcome(InboundStatus.UpToDate, reader.Serial, reader.ExpireSeconds, "");
    }

    /// <summary>Reads until the reader has everything or knows that it never will.</summary>
    private async ValueTask<(InboundStatus Status, string Reason)> ReceiveAsync(
        TransferReader reader, ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        InboundStatus otherwise = InboundStatus.Unreachable;
        string late = "timed out";
        try
        {
            await using PrimaryStream stream = await ConnectAsync(ct).ConfigureAwait(false);
            otherwise = InboundStatus.Failed;
            late = "maximum idle time exceeded";
            string signed = _transfer.Primary.Key is { } key ? $" TSIG {TsigText.LogName(key.Name.Wire)}" : "";
            string secured = _transfer.Primary.Tls is { } tls ? $" {tls.LogText}" : "";
            Log.TransferConnected(log, Title, stream.LocalText, signed + secured);
            await stream.SendAsync(request, ct).ConfigureAwait(false);
            while (reader.Status == TransferStatus.More)
            {
                using CancellationTokenSource idle = new(_transfer.MaxIdle, clock);
                using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, ct);
                ReadOnlyMemory<byte> message = await stream.ReadMessageAsync(either.Token).ConfigureAwait(false);
                if (message.IsEmpty)
                    return (InboundStatus.Failed, "end of file");
                reader.Accept(message.Span, clock.GetUtcNow().ToUnixTimeSeconds());
            }

            return reader.Status == TransferStatus.Complete ? (InboundStatus.Done, "")
                : reader.IsTooMany ? TooMany(reader.Failure)
                : (InboundStatus.Failed, reader.Failure);
        }
        catch (ConnectionLostException failure)
        {
            return (otherwise, failure.Message);
        }
        catch (OperationCanceledException)
        {
            return (otherwise, ct.IsCancellationRequested ? "maximum transfer time exceeded, or the server stops" : late);
        }
    }

    private async Task<PrimaryStream> ConnectAsync(CancellationToken ct)
    {
        using CancellationTokenSource deadline = new(ConnectDeadline, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, ct);
        return await PrimaryStream.ConnectAsync(_transfer.Primary, either.Token).ConfigureAwait(false);
    }

    private async ValueTask<(InboundStatus Status, string Reason)> InstallAsync(
        TransferredZone zone, TransferReader reader, CancellationToken ct)
    {
        AskResult<TransferInstallation> asked = await _transfer.Writer.TryAskAsync<TransferInstallation>(
            answer => new ZoneCommand.TakeTransfer(
                new IncomingTransfer(zone, _transfer.Primary.Endpoint, _transfer.Primary.Key?.Name, answer)),
            InstallDeadline,
            ct).ConfigureAwait(false);
        if (asked.Status == AskStatus.Rejected && zone.Whole is { } unused)
            SnapshotReclaimer.Discard(unused);
        if (!asked.TryGetReply(out TransferInstallation? installed))
            return (InboundStatus.Failed, "the zone's writer did not answer");
        if (installed.Status == TransferInstallationStatus.TooMany)
            return TooMany(installed.Reason);
        if (installed.Status != TransferInstallationStatus.Installed)
            return (InboundStatus.Failed, installed.Reason);
        Log.TransferredSerial(log, _transfer.LogName, reader.Serial.Value, Signed);
        return (InboundStatus.Done, "");
    }

    private (InboundStatus Status, string Reason) TooMany(string excess)
    {
        Log.TransferExceeds(log, Title, excess);
        return (InboundStatus.TooMany, "too many records");
    }

    private void WriteFigures(TransferReader reader, long started)
    {
        if (!log.IsEnabled(LogLevel.Information))
            return;
        double seconds = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);
        Log.TransferCompleted(
            log,
            Title,
            reader.Messages,
            reader.Records,
            reader.Bytes,
            seconds.ToString("F3", System.Globalization.CultureInfo.InvariantCulture),
            (long)(reader.Bytes / Math.Max(seconds, 0.001)),
            reader.Serial.Value);
    }
}

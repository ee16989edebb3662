using ActorDns.Actors.Transfers;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Maintenance;

/// <summary>
/// Asks the primaries of a zone in their order, until one of them has given a newer version (RFC 1034 §4.3.5). One that has the same
/// version confirms ours, and the next is asked all the same.
/// </summary>
internal sealed class RefreshRound(
    RefreshServices services, RefreshSettings settings, IReadOnlySet<NetEndpoint> skipped, bool isForced, TimeProvider clock)
{
    private static readonly TimeSpan LongestQueue = TimeSpan.FromDays(1);
    private readonly ILogger _log = services.Loggers.CreateLogger("general");
    private readonly List<NetEndpoint> _unreachable = [];
    private RefreshResult _result = new();

    /// <summary>Asks them all; never throws but when it is cancelled.</summary>
    public async Task<RefreshResult> RunAsync(CancellationToken ct)
    {
        HeldSoa? held = HeldSoa.Of(services.Published, services.Leases);
        foreach (Primary primary in settings.Primaries)
        {
            if (primary.Obstacle is { } obstacle)
                Failed(primary, obstacle);
            else if (skipped.Contains(primary.Endpoint))
                Log.PrimarySkipped(_log, settings.LogName, primary.Endpoint.ToString());
            else if (await AskAsync(WithKey(primary), held, ct).ConfigureAwait(false))
                break;
        }

        return _result with { Unreachable = _unreachable };
    }

    /// <summary>The primary with the key that it is known to have.</summary>
    private Primary WithKey(Primary primary) => services.Keys?.For(primary, services.Published.Origin, "refresh") ?? primary;

    /// <summary>True when nobody else need be asked: a transfer brought the zone, or more than we take.</summary>
    private async Task<bool> AskAsync(Primary primary, HeldSoa? held, CancellationToken ct)
    {
        SoaQuery query = new(services.Published.Origin, settings.TriesTcp, clock);
        SoaAnswer answer = await services.Pace.AskAsync(() => query.AskAsync(primary, ct), ct).ConfigureAwait(false);
        if (answer.Serial is not { } theirs)
        {
            Failed(primary, answer.Reason);
            if (answer.IsUnreachable)
                _unreachable.Add(primary.Endpoint);
            return false;
        }

        if (held is not null && !isForced && !theirs.IsNewerThan(held.Serial))
        {
            Compare(primary, held.Serial, theirs, answer.ExpireSeconds);
            return false;
        }

        return await FetchAsync(primary, isForced ? null : held, ct).ConfigureAwait(false);
    }

    private void Compare(Primary primary, Serial ours, Serial theirs, uint? expireSeconds)
    {
        if (theirs == ours)
            Confirm(expireSeconds);
        else if (!settings.IsMultiPrimary)
            Log.SerialIsOlder(_log, settings.LogName, theirs.Value, primary.Endpoint.ToString(), ours.Value);
    }

    private void Confirm(uint? expireSeconds) => _result = _result with
    {
        IsFresh = true,
        ExpireSeconds = expireSeconds is { } told ? Math.Max(told, _result.ExpireSeconds ?? 0) : _result.ExpireSeconds,
    };

    private async Task<bool> FetchAsync(Primary primary, HeldSoa? held, CancellationToken ct)
    {
        InboundTransfer transfer = new(services.Published.Origin, settings.LogName, primary, held, services.Writer)
        {
            MaxTime = settings.MaxTransferTime,
            MaxIdle = settings.MaxTransferIdle,
            MaxRecords = settings.MaxRecords,
        };
        AskResult<InboundOutcome> asked = await services.Transfers.TryAskAsync<InboundOutcome>(
            answer => new InboundCommand.Fetch(transfer, answer), LongestQueue, ct).ConfigureAwait(false);
        if (!asked.TryGetReply(out InboundOutcome? outcome))
            return false;
        switch (outcome.Status)
        {
            case InboundStatus.Done:
                _result = new RefreshResult { IsFresh = true, IsTransferred = true, ExpireSeconds = outcome.ExpireSeconds };
                return true;
            case InboundStatus.UpToDate:
                Confirm(outcome.ExpireSeconds);
                return false;
            case InboundStatus.TooMany:
                _result = _result with { IsTooMany = true };
                return true; // The others would have the same.
            case InboundStatus.Unreachable:
                _unreachable.Add(primary.Endpoint);
                return false;
            default:
                return false;
        }
    }

    private void Failed(Primary primary, string reason) =>
        Log.RefreshFailed(_log, settings.LogName, primary.Endpoint.ToString(), primary.SourceText, reason);
}

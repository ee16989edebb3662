using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Ports;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>Leads from a zone as the listeners know it to the actor that owns it, and to its journal.</summary>
internal sealed class ZoneWriters(TimeProvider clock, Histogram<double> updateSeconds, ILogger update)
    : IZoneWriters, IChangeHistory, IDisposable
{
    /// <summary>Longest wait of an update that is passed on to a primary.</summary>
    private static readonly TimeSpan ForwardDeadline = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestFudge = TimeSpan.FromSeconds(300);
    private readonly ConcurrentDictionary<PublishedZone, ZoneRuntime> _zones = new();
    private readonly ILogger _update = update;
    private readonly UpdateDeadlines _deadlines = new(clock, updateSeconds);

    /// <summary>How many updates may be under way at once.</summary>
    public UpdateQuota Quota { get; } = new();

    public void Add(ZoneRuntime zone) => _zones[zone.Published] = zone;

    public void Remove(ZoneRuntime zone) => _zones.TryRemove(zone.Published, out _);

    /// <inheritdoc/>
    public bool TryUpdate(PendingUpdate update)
    {
        if (!_zones.TryGetValue(update.Zone.Published, out ZoneRuntime? zone))
            return false;
        if (!Quota.TryEnter(out Action release))
        {
            // As BIND: no reply, so that a flood is not answered by another; who means it asks again.
            Log.UpdateQuotaReached(_update, update.LogPrefix, update.Zone.LogName);
            return update.TryDrop();
        }

        update.Ended = release;
        if (zone.Refresher is { } refresher)
            return TryForward(refresher, update);
        UpdateRequester requester = new(update.Client.Address, update.Transport, update.Key, update.KeyAliases);
        UpdateAnswer answer = new(update, _deadlines);
        IncomingUpdate incoming = new(update.Message, requester, update.Client, SignatureOf(update), update.LogPrefix, answer);
        if (!zone.Updates.TryAdd(incoming, zone.Actor))
            return false;
        _deadlines.Watch(answer);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _deadlines.Dispose();

    /// <inheritdoc/>
    public bool TryNotify(ReceivedNotify notify) =>
        _zones.TryGetValue(notify.Zone.Published, out ZoneRuntime? zone)
        && zone.Refresher?.Tell(new RefreshCommand.Notified(notify.Sender, notify.Hint)) == true;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ZoneChange>?> ReadAsync(ServedZone zone, Serial from, Serial to, CancellationToken ct) =>
        _zones.TryGetValue(zone.Published, out ZoneRuntime? found) && found.Journal is { } journal
            ? journal.ReadChangesAsync(from, to, ct)
            : new((IReadOnlyList<ZoneChange>?)null);

    /// <inheritdoc/>
    public void Given(ServedZone zone, NetEndpoint client, Serial serial, TimeSpan expire)
    {
        if (_zones.TryGetValue(zone.Published, out ZoneRuntime? found))
            found.Journal?.Promise(client.Address, serial, expire);
    }

    private static bool TryForward(ActorRef<RefreshCommand> refresher, PendingUpdate update)
    {
        Task<AskResult<byte[]>> asked = refresher.TryAskAsync<byte[]>(
            answer => new RefreshCommand.Forward(update.Message, update.LogPrefix, answer), ForwardDeadline, CancellationToken.None);
        if (asked.IsCompletedSuccessfully && asked.Result.Status == AskStatus.Rejected)
            return false;
        _ = CompleteAsync();
        return true;

        async Task CompleteAsync()
        {
            AskResult<byte[]> result = await asked.ConfigureAwait(false);
            if (result.TryGetReply(out byte[]? reply) && reply.Length > 0)
                update.TryComplete(reply);
            else
                update.TryComplete(Rcode.ServFail);
        }
    }

    private static UpdateSignature? SignatureOf(PendingUpdate update)
    {
        TsigContext tsig = update.Tsig;
        if (tsig.Key is not { } key)
            return null;
        TimeSpan fudge = TimeSpan.FromSeconds(tsig.FudgeSeconds);
        DateTimeOffset signed = DateTimeOffset.FromUnixTimeSeconds(tsig.TimeSignedUnixSeconds);
        return new UpdateSignature(
            key.Name.ToString().ToLowerInvariant(), tsig.RequestMac.ToArray(), signed + (fudge < LongestFudge ? fudge : LongestFudge));
    }
}

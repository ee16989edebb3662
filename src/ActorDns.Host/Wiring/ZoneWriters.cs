using System.Collections.Concurrent;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Zones;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Security;
using ActorDns.Server.Ports;
using ActorDns.Server.Views;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Host.Wiring;

/// <summary>Leads from a zone as the listeners know it to the actor that owns it, and to its journal.</summary>
internal sealed class ZoneWriters(TimeProvider clock) : IZoneWriters, IChangeHistory, IDisposable
{
    private static readonly TimeSpan LongestFudge = TimeSpan.FromSeconds(300);
    private readonly ConcurrentDictionary<PublishedZone, ZoneRuntime> _zones = new();
    private readonly UpdateDeadlines _deadlines = new(clock);

    public void Add(ZoneRuntime zone) => _zones[zone.Published] = zone;

    public void Remove(ZoneRuntime zone) => _zones.TryRemove(zone.Published, out _);

    /// <inheritdoc/>
    public bool TryUpdate(PendingUpdate update)
    {
        if (!_zones.TryGetValue(update.Zone.Published, out ZoneRuntime? zone))
            return false;
        UpdateRequester requester = new(update.Client.Address, update.Transport, update.Key);
        UpdateAnswer answer = new(update, _deadlines);
        if (!zone.Actor.Tell(new ZoneCommand.Update(new IncomingUpdate(
            update.Message, requester, update.Client, SignatureOf(update), update.LogPrefix, answer))))
        {
            return false;
        }

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

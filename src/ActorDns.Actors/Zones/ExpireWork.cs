using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Takes a secondary zone that has expired out of service, in its turn: queries get SERVFAIL until a primary is heard again.
/// </summary>
internal sealed class ExpireWork(Serial serial) : ZoneWork
{
    /// <inheritdoc/>
    public override ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        if (zone.Current?.Serial == serial)
            zone.Publish(null);
        return new((Proposal?)null);
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        // Nothing is proposed.
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        // The refresher that asked for it says so.
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason)
    {
        // Needs no journal.
    }
}

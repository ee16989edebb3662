using ActorDns.Storage.Contracts;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>Serves what other nodes have written, and finds out whether the store still has what this node holds.</summary>
/// <param name="line">Who waits for it.</param>
internal sealed class CatchUpWork(CatchUpLine line) : ZoneWork
{
    /// <summary>How it ended.</summary>
    public CatchUpOutcome Outcome { get; private set; } = CatchUpOutcome.Away;

    /// <summary>True when another version is served than before.</summary>
    public bool HasMoved { get; private set; }

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        ZoneSnapshot? before = zone.Current;

        // Its first content goes into the store after this.
        bool isOutside = zone.Journal is { Version: 0, Resumed: null } && before is not null;
        if (!isOutside)
            Outcome = await ZoneFollowing.CatchUpAsync(zone, ct).ConfigureAwait(false);
        HasMoved = zone.Current != before;
        return null;
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        // Nothing is proposed.
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone)
    {
        long version = zone.Journal is { Resumed: null } place ? place.Version : 0;
        line.End(Outcome == CatchUpOutcome.Disputed ? long.MaxValue : version);
    }

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason) => line.End(0);
}

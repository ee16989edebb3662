using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Freezes a zone when its turn comes: what is under way is finished before, so that the file which is written next holds every change
/// that was acknowledged. With other nodes it is frozen in the store first, and what they wrote until then is in the file too.
/// </summary>
internal sealed class FreezeWork(ReplyTo<bool?> done) : ZoneWork
{
    private bool? _isNew;

    /// <inheritdoc/>
    public override async ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        if (zone.Journal is { Services.Cluster: not null } place)
        {
            if (await place.SetFrozenAsync(true, ct).ConfigureAwait(false) is { } reason)
            {
                Log.NotFrozen(zone.GeneralLog, zone.Settings.LogName, reason);
                return null;
            }

            await ZoneFollowing.CatchUpAsync(zone, ct).ConfigureAwait(false);
        }

        _isNew = !zone.IsFrozen;
        zone.IsFrozen = true;
        return null;
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        // Nothing was proposed.
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone) => done.Reply(_isNew);

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason) => done.Reply(null);
}

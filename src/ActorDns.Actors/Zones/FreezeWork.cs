using ActorDns.Kernel;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// Freezes a zone when its turn comes: what is under way is finished before, so that the file which is written next holds every change
/// that was acknowledged.
/// </summary>
internal sealed class FreezeWork(ReplyTo<bool> done) : ZoneWork
{
    private bool _isNew;

    /// <inheritdoc/>
    public override ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct)
    {
        _isNew = !zone.IsFrozen;
        zone.IsFrozen = true;
        return new((Proposal?)null);
    }

    /// <inheritdoc/>
    public override void Discard(ZoneState zone, Proposal proposal)
    {
        // Nothing was proposed.
    }

    /// <inheritdoc/>
    public override void Settle(ZoneState zone) => done.Reply(_isNew);

    /// <inheritdoc/>
    public override void Fail(ZoneState zone, StoreStatus status, string reason) => done.Reply(false);
}

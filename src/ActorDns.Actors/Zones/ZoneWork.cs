using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <summary>
/// One thing that may change a zone, from its proposal to its end. Proposing has no effect, so that a proposal which lost against another
/// node's can be made again on what that node wrote.
/// </summary>
internal abstract class ZoneWork
{
    /// <summary>True for what may write a zone whose place in the store is disputed.</summary>
    public virtual bool IsRecovery => false;

    /// <summary>True for what the steward of the zone alone may do.</summary>
    public virtual bool IsStewards => false;

    /// <summary>
    /// Makes the next version from the one that is served, or null when there is nothing to journal; then <see cref="Settle"/> follows at
    /// once.
    /// </summary>
    public abstract ValueTask<Proposal?> ProposeAsync(ZoneState zone, CancellationToken ct);

    /// <summary>Frees what was proposed and will not be published.</summary>
    public abstract void Discard(ZoneState zone, Proposal proposal);

    /// <summary>What is to be done in the store when the proposal is durable and visible, and before that is told.</summary>
    public virtual ValueTask FinishAsync(ZoneState zone, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>Ends the work: what was proposed is durable and visible, or there was nothing to propose.</summary>
    public abstract void Settle(ZoneState zone);

    /// <summary>Ends the work without effect: the journal cannot be written.</summary>
    public abstract void Fail(ZoneState zone, StoreStatus status, string reason);

    /// <summary>Takes out what was applied before, by this node or another; the rest is proposed again.</summary>
    public virtual void TakeOut(IReadOnlyList<DuplicateRequest> duplicates)
    {
    }
}

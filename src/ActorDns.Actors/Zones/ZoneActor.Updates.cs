using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <content>Updates on their way in.</content>
public sealed partial class ZoneActor
{
    private bool _hasTriedBaseline;
    private bool _isAlone = true;
    private UpdateWork _next;

    /// <summary>
    /// The updates that wait, or first what they need to stand on: the zone's content in the journal. A store that was away is asked once
    /// for each batch; when it still is, the batch fails.
    /// </summary>
    private ZoneWork? NextForUpdates()
    {
        if (_zone.Journal is { Resumed: not null })
        {
            FailUpdates(ZoneResuming.ReadOnly);
            return null;
        }

        bool isReady = _zone.Journal is { Version: > 0 } || _zone.Current is null;
        if (!isReady && _zone.Journal is not null && !_hasTriedBaseline)
        {
            _hasTriedBaseline = true;
            return new BaselineWork();
        }

        _hasTriedBaseline = false;
        if (!isReady)
        {
            FailUpdates(_zone.Journal is null ? "nothing is journaled here" : "the zone is not in the journal");
            return null;
        }

        if (_zone.Journal is { Version: > 0, IsCompared: false })
        {
            FailUpdates(_zone.Blocked ?? "what this node holds cannot be compared with the store, which was away");
            return null;
        }

        return TakeNext();
    }

    /// <summary>
    /// While a group is journaled, those that arrive are evaluated on what it leaves; should it fail, they are evaluated anew. Where other
    /// nodes write the zone too, that would be in vain too often.
    /// </summary>
    private void EvaluateAhead()
    {
        while (_isAlone
            && _waiting.Count == 0
            && _work is UpdateWork under
            && _proposal is { Next.MayBeFollowedUnpublished: true } proposal)
        {
            _next.Fill(_zone.Updates);
            _next.EvaluateAhead(_zone, proposal.Next, under);
            if (_next.IsFull || _zone.Updates.TryRest())
                return;
        }
    }

    private UpdateWork TakeNext()
    {
        UpdateWork next = _next;
        _next = new UpdateWork(_remembered);
        return next;
    }

    private void FailUpdates(string reason)
    {
        UpdateWork failed = TakeNext();
        failed.Reconsider();
        failed.Fail(_zone, StoreStatus.Unavailable, reason);
    }
}

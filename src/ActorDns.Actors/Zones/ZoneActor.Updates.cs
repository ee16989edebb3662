using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <content>Updates on their way in.</content>
public sealed partial class ZoneActor
{
    private bool _hasTriedBaseline;

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

        return new UpdateWork(TakeBatch(), _remembered);
    }

    private List<IncomingUpdate> TakeBatch()
    {
        List<IncomingUpdate> batch = _updates;
        _updates = [];
        return batch;
    }

    private void FailUpdates(string reason) =>
        new UpdateWork(TakeBatch(), _remembered).Fail(_zone, StoreStatus.Unavailable, reason);
}

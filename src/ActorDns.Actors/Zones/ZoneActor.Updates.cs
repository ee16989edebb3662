using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Zones;

/// <content>Updates on their way in.</content>
public sealed partial class ZoneActor
{
    private bool _hasTriedBaseline;

    private void Take(IncomingUpdate update)
    {
        if (_updates.Count >= MaxWaitingUpdates || _withdrawn is not null)
            update.Answer.Reply(Rcode.ServFail);
        else
            _updates.Add(update);
    }

    /// <summary>
    /// The updates that wait, or first what they need to stand on: the zone's content in the journal. A store that was away is asked once
    /// for each batch; when it still is, the batch fails.
    /// </summary>
    private ZoneWork? NextForUpdates()
    {
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

        UpdateWork work = new(_updates, _remembered);
        _updates = [];
        return work;
    }

    private void FailUpdates(string reason)
    {
        new UpdateWork(_updates, _remembered).Fail(_zone, StoreStatus.Unavailable, reason);
        _updates = [];
    }
}

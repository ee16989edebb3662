using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Server.Transfers;

/// <summary>
/// The records of one snapshot in the order of a full transfer: SOA, everything else once, SOA (RFC 5936 §2.2). Glue and whatever else
/// the zone holds go out exactly as stored (§3.2 to §3.5). Fills one message after another and remembers where it stopped.
/// </summary>
internal sealed class AxfrSource : ITransferSource
{
    private enum Stage
    {
        OpeningSoa,
        Names,
        Nsec3Names,
        ClosingSoa,
        Done,
    }

    private readonly ZoneSnapshot _zone;
    private TreeWalk _walk;
    private Stage _stage;
    private NameView _name;
    private NameView.Enumerator _sets;
    private RecordSetView _set;
    private RecordSetView.Enumerator _records;
    private bool _hasName;
    private bool _hasSet;
    private bool _hasRecord;

    public AxfrSource(ZoneSnapshot zone)
    {
        _zone = zone;
        _walk = zone.Names.Walk();
    }

    /// <inheritdoc/>
    public bool IsDone => _stage == Stage.Done;

    /// <inheritdoc/>
    public int Fill(ref MessageWriter writer, int maxRecords)
    {
        int records = 0;
        if (_stage == Stage.OpeningSoa)
        {
            if (!TryWriteSoa(ref writer))
                return 0;
            records++;
            _stage = Stage.Names;
        }

        while (records < maxRecords && _stage is (Stage.Names or Stage.Nsec3Names))
        {
            if (!_hasRecord && !MoveNext())
                continue;
            if (!writer.TryWriteRecord(_name.Owner, _set.Type, RecordClass.In, _set.Ttl, _records.Current))
                return records;
            _hasRecord = false;
            records++;
        }

        if (records < maxRecords && _stage == Stage.ClosingSoa && TryWriteSoa(ref writer))
        {
            records++;
            _stage = Stage.Done;
        }

        return records;
    }

    /// <summary>Steps to the next record; false when a name, a set or the whole tree came to its end and the search goes on.</summary>
    private bool MoveNext()
    {
        if (_hasSet)
        {
            _hasRecord = _records.MoveNext();
            _hasSet = _hasRecord;
            return _hasRecord;
        }

        if (_hasName)
        {
            _hasName = _sets.MoveNext();
            if (!_hasName)
                return false;
            _set = _sets.Current;
            if (_set.Type == RecordType.Soa)
                return false;
            _records = _set.GetEnumerator();
            _hasSet = true;
            return false;
        }

        if (_walk.MoveNext())
        {
            _name = _walk.Current;
            _sets = _name.GetEnumerator();
            _hasName = true;
            return false;
        }

        if (_stage == Stage.Names)
        {
            _walk = _zone.Nsec3Names.Walk();
            _stage = Stage.Nsec3Names;
        }
        else
        {
            _stage = Stage.ClosingSoa;
        }

        return false;
    }

    private bool TryWriteSoa(ref MessageWriter writer) => writer.TryWriteRecord(
        _zone.Apex.Owner, RecordType.Soa, RecordClass.In, _zone.Soa.Ttl, _zone.Soa.First);
}

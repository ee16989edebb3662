using System.Diagnostics;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;

namespace ActorDns.Server.Transfers;

/// <summary>
/// The records of an incremental transfer: the new SOA, each difference sequence from the client's version on, the new SOA again
/// (RFC 1995 §4).
/// </summary>
internal sealed class IxfrSource : ITransferSource
{
    private readonly IReadOnlyList<ZoneChange> _changes;
    private int _change = -1; // The opening SOA; then the changes; Count for the closing SOA.
    private int _offset;

    /// <summary>Takes changes that follow each other, oldest first.</summary>
    public IxfrSource(IReadOnlyList<ZoneChange> changes)
    {
        Debug.Assert(changes.Count > 0, "A client that is up to date gets the SOA alone.");
        _changes = changes;
    }

    /// <inheritdoc/>
    public bool IsDone => _change > _changes.Count;

    /// <inheritdoc/>
    public int Fill(ref MessageWriter writer, int maxRecords)
    {
        int records = 0;
        while (!IsDone && records < maxRecords)
        {
            ChangeRecord record = Next();
            if (!writer.TryWriteRecord(record.Owner, record.Type, RecordClass.In, record.Ttl, record.Rdata))
                return records;
            records++;
            Advance(record.Wire.Length);
        }

        return records;
    }

    private ChangeRecord Next() => _change < 0 || _change == _changes.Count
        ? _changes[^1].NewSoa
        : _changes[_change].RecordAt(_offset);

    private void Advance(int bytes)
    {
        if (_change >= 0 && _change < _changes.Count)
        {
            _offset += bytes;
            if (_offset < _changes[_change].Wire.Length)
                return;
        }

        _change++;
        _offset = 0;
    }
}

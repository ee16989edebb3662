using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Transfers;

/// <summary>
/// Takes the records of a transfer one by one and makes a zone or differences of them (RFC 5936 §2.2, RFC 1995 §4). Which of both they are
/// shows in the second record. Owns native memory until the result is taken: dispose it.
/// </summary>
internal sealed class TransferAssembler(TransferQuestion question) : IDisposable
{
    private enum Stage
    {
        OpeningSoa,
        SecondRecord,
        Whole,
        Removed,
        Added,
        Done,
    }

    private readonly List<ZoneChange> _changes = [];
    private Stage _stage;
    private byte[] _soa = [];
    private uint _soaTtl;
    private Serial _current;
    private ZoneBuilder? _builder;
    private ZoneChangeBuilder? _change;
    private ZoneSnapshot? _whole;
    private long _wholeRecords;

    /// <summary>What the answer is.</summary>
    public TransferKind Kind { get; private set; }

    /// <summary>True when the closing SOA has come, or nothing is to come.</summary>
    public bool IsDone => _stage == Stage.Done;

    /// <summary>Serial of the primary's version; known after the first record.</summary>
    public Serial Serial { get; private set; }

    /// <summary>Records that do not lie in the zone, which are left out.</summary>
    public long OutOfZoneCount { get; private set; }

    /// <summary>True when there are more records than we take.</summary>
    public bool IsTooMany { get; private set; }

    /// <summary>Takes the next record, which has the form of its type. Null when it fits, else why not.</summary>
    public string? Take(ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        bool isSoa = type == RecordType.Soa && WireName.Equal(owner, question.Origin.Wire);
        switch (_stage)
        {
            case Stage.OpeningSoa:
                return isSoa ? Open(ttl, rdata) : "the first record is not the SOA";
            case Stage.SecondRecord:
                return Decide(isSoa, owner, type, ttl, rdata);
            case Stage.Whole:
                return isSoa ? CloseWhole(rdata) : AddToWhole(owner, type, ttl, rdata);
            case Stage.Removed when isSoa:
                _current = new SoaData(rdata).Serial;
                _change!.SetNewSoa(owner, ttl, rdata);
                _stage = Stage.Added;
                return null;
            case Stage.Added when isSoa:
                return NextDifference(owner, ttl, rdata);
            case Stage.Removed or Stage.Added:
                return AddToDifference(owner, type, ttl, rdata);
            default:
                return "records follow the closing SOA";
        }
    }

    /// <summary>The result, once; the zone in it then belongs to the caller.</summary>
    public TransferredZone TakeResult()
    {
        TransferredZone result = new(Serial, _whole, _changes);
        _whole = null;
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _builder?.Dispose();
        if (_whole is not null)
            SnapshotReclaimer.Discard(_whole);
        _whole = null;
    }

    private string? Open(uint ttl, ReadOnlySpan<byte> rdata)
    {
        _soa = rdata.ToArray();
        _soaTtl = ttl;
        Serial = new SoaData(rdata).Serial;
        bool isNews = question.Held is not { } held || Serial.IsNewerThan(held);
        _stage = isNews ? Stage.SecondRecord : Stage.Done;
        if (!isNews)
            Kind = TransferKind.UpToDate;
        return null;
    }

    private string? Decide(bool isSoa, ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        if (isSoa && question.Held is { } held && new SoaData(rdata).Serial == held)
        {
            Kind = TransferKind.Differences;
            Begin(owner, ttl, rdata);
            return null;
        }

        Kind = TransferKind.Whole;
        _stage = Stage.Whole;
        _builder = new ZoneBuilder(question.Origin);
        string? problem = AddToWhole(question.Origin.Wire, RecordType.Soa, _soaTtl, _soa);
        return problem ?? (isSoa ? CloseWhole(rdata) : AddToWhole(owner, type, ttl, rdata));
    }

    private string? AddToWhole(ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        AddResult result = _builder!.Add(owner, type, ttl, rdata);
        switch (result)
        {
            case AddResult.Added or AddResult.TtlAdjusted:
                IsTooMany = ++_wholeRecords > question.MaxRecords && question.MaxRecords > 0;
                return IsTooMany ? $"more than {question.MaxRecords} records (max-records)" : null;
            case AddResult.Duplicate:
                return null;
            case AddResult.OutOfZone:
                OutOfZoneCount++;
                return null;
            default:
                return $"{NameText.ToText(owner, keepFinalDot: false)}/{type}: {result}";
        }
    }

    private string? CloseWhole(ReadOnlySpan<byte> rdata)
    {
        if (!IsOpeningSoa(rdata))
            return "the first and the last SOA differ";
        if (!_builder!.TryBuild(out _whole, out ZoneBuildError error))
            return $"the records make no zone: {error}";
        _stage = Stage.Done;
        return null;
    }

    private void Begin(ReadOnlySpan<byte> owner, uint ttl, ReadOnlySpan<byte> rdata)
    {
        _change = new ZoneChangeBuilder();
        _change.SetOldSoa(owner, ttl, rdata);
        _stage = Stage.Removed;
    }

    /// <summary>
    /// An SOA after additions begins the next difference, or closes all. The new serial alone does not tell: the last difference has it
    /// too, as the SOA that its additions begin with.
    /// </summary>
    private string? NextDifference(ReadOnlySpan<byte> owner, uint ttl, ReadOnlySpan<byte> rdata)
    {
        Serial serial = new SoaData(rdata).Serial;
        if (serial != _current)
            return $"a difference to serial {_current} is followed by one from serial {serial}";
        _changes.Add(_change!.Build());
        if (serial != Serial)
        {
            Begin(owner, ttl, rdata);
            return null;
        }

        if (!IsOpeningSoa(rdata))
            return "the first and the last SOA differ";
        _stage = Stage.Done;
        return null;
    }

    private string? AddToDifference(ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        if (!WireName.IsAtOrBelow(owner, question.Origin.Wire))
            OutOfZoneCount++;
        else if (type == RecordType.Soa)
            return "a SOA below the apex";
        else if (_stage == Stage.Removed)
            _change!.Remove(owner, type, ttl, rdata);
        else
            _change!.Add(owner, type, ttl, rdata);
        return null;
    }

    // The case of names may differ: compression need not keep it.
    private bool IsOpeningSoa(ReadOnlySpan<byte> rdata) => RdataOrder.Compare(RecordType.Soa.Value, rdata, _soa) == 0;
}

using System.Buffers;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Changes;

/// <summary>
/// Collects a <see cref="ZoneChange"/>. What is given must have the form of its type, names uncompressed; SOA records go to
/// <see cref="SetOldSoa(ReadOnlySpan{byte}, uint, ReadOnlySpan{byte})"/> and <c>SetNewSoa</c> only, and both are needed.
/// </summary>
public sealed class ZoneChangeBuilder
{
    private readonly ArrayBufferWriter<byte> _removed = new();
    private readonly ArrayBufferWriter<byte> _added = new();
    private byte[]? _oldSoa;
    private byte[]? _newSoa;

    /// <summary>Number of removed records so far.</summary>
    public int RemovedCount { get; private set; }

    /// <summary>Number of added records so far.</summary>
    public int AddedCount { get; private set; }

    /// <summary>Sets the SOA of the version that the change starts from.</summary>
    public void SetOldSoa(ReadOnlySpan<byte> origin, uint ttl, ReadOnlySpan<byte> rdata) => _oldSoa = Record(origin, ttl, rdata);

    /// <summary>Sets the SOA of the version that the change starts from.</summary>
    public void SetOldSoa(ChangeRecord soa) => _oldSoa = soa.Wire.ToArray();

    /// <summary>Sets the SOA of the version that the change leads to.</summary>
    public void SetNewSoa(ReadOnlySpan<byte> origin, uint ttl, ReadOnlySpan<byte> rdata) => _newSoa = Record(origin, ttl, rdata);

    /// <summary>Sets the SOA of the version that the change leads to.</summary>
    public void SetNewSoa(ChangeRecord soa) => _newSoa = soa.Wire.ToArray();

    /// <summary>Adds a removed record.</summary>
    public void Remove(ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        RemovedCount++;
        Append(_removed, owner, type, ttl, rdata);
    }

    /// <summary>Adds a removed record.</summary>
    public void Remove(ChangeRecord record)
    {
        RemovedCount++;
        _removed.Write(record.Wire);
    }

    /// <summary>Adds an added record.</summary>
    public void Add(ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        AddedCount++;
        Append(_added, owner, type, ttl, rdata);
    }

    /// <summary>Adds an added record.</summary>
    public void Add(ChangeRecord record)
    {
        AddedCount++;
        _added.Write(record.Wire);
    }

    /// <summary>Makes the change.</summary>
    /// <exception cref="InvalidOperationException">An SOA is missing.</exception>
    public ZoneChange Build()
    {
        if (_oldSoa is null || _newSoa is null)
            throw new InvalidOperationException("a change has an old and a new SOA");
        int newSoaAt = _oldSoa.Length + _removed.WrittenCount;
        int addedAt = newSoaAt + _newSoa.Length;
        byte[] wire = GC.AllocateUninitializedArray<byte>(addedAt + _added.WrittenCount);
        _oldSoa.CopyTo(wire, 0);
        _removed.WrittenSpan.CopyTo(wire.AsSpan(_oldSoa.Length));
        _newSoa.CopyTo(wire, newSoaAt);
        _added.WrittenSpan.CopyTo(wire.AsSpan(addedAt));
        return new ZoneChange(wire, newSoaAt, RemovedCount, AddedCount);
    }

    /// <summary>Forgets everything but the memory, for the next change.</summary>
    internal void Reset()
    {
        _removed.ResetWrittenCount();
        _added.ResetWrittenCount();
        _oldSoa = _newSoa = null;
        RemovedCount = AddedCount = 0;
    }

    private static byte[] Record(ReadOnlySpan<byte> origin, uint ttl, ReadOnlySpan<byte> rdata)
    {
        byte[] record = new byte[RecordWire.Measure(origin, rdata)];
        RecordWire.Write(record, origin, RecordType.Soa, ttl, rdata);
        return record;
    }

    private static void Append(
        ArrayBufferWriter<byte> to, ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata) =>
        to.Advance(RecordWire.Write(to.GetSpan(RecordWire.Measure(owner, rdata)), owner, type, ttl, rdata));
}

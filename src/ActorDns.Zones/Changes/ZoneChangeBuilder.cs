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
        byte[] wire = [.. _oldSoa, .. _removed.WrittenSpan, .. _newSoa, .. _added.WrittenSpan];
        return new ZoneChange(wire, _oldSoa.Length + _removed.WrittenCount, RemovedCount, AddedCount);
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

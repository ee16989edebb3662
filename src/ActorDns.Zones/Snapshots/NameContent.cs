using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// The record sets of one name while they are written: a buffer to be used again and again. Keeps sets in the order of a packed name and
/// records in canonical order without duplicates (RFC 2181 §5).
/// </summary>
public sealed class NameContent
{
    private const int LengthBytes = sizeof(ushort);
    private const int SmallestBufferBytes = 128;

    private readonly List<Set> _sets = [];
    private readonly Stack<Set> _spare = [];
    private byte[] _octets = [];
    private byte[] _packed = [];
    private int _used;

    /// <summary>Number of record sets.</summary>
    public int SetCount => _sets.Count;

    /// <summary>True without record sets.</summary>
    public bool IsEmpty => _sets.Count == 0;

    /// <summary>True when something was changed since the last <see cref="Load"/> or <see cref="Reset"/>.</summary>
    internal bool IsChanged { get; private set; }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        IsChanged |= _sets.Count > 0;
        foreach (Set set in _sets)
            _spare.Push(set);
        _sets.Clear();
        _used = 0;
    }

    /// <summary>Replaces everything with the sets of a name.</summary>
    public void Load(NameView name)
    {
        Clear();
        foreach (RecordSetView view in name)
            Append(view);
        IsChanged = false;
    }

    /// <summary>Makes it the content of a name that does not exist.</summary>
    internal void Reset()
    {
        Clear();
        IsChanged = false;
    }

    /// <summary>Number of records of a type; for RRSIG of the covered type.</summary>
    public int RecordCount(RecordType type, RecordType covered = default) =>
        IndexOf(NameBlock.SetOrder(type.Value, covered.Value)) is var at and >= 0 ? _sets[at].Count : 0;

    /// <summary>The type that a signature covers, told from its rdata (RFC 4034 §3.1.1); 0 for every other type.</summary>
    internal static RecordType CoveredBy(RecordType type, ReadOnlySpan<byte> rdata) =>
        type == RecordType.Rrsig && BinaryPrimitives.TryReadUInt16BigEndian(rdata, out ushort covered) ? new RecordType(covered) : default;

    /// <summary>Adds a record. The set keeps the TTL of its first record.</summary>
    public AddResult Add(RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        if (type.IsMeta)
            return AddResult.MetaType;
        if (rdata.Length > ushort.MaxValue || (type == RecordType.Rrsig && rdata.Length < sizeof(ushort)))
            return AddResult.BadRdata;
        ushort covered = type == RecordType.Rrsig ? BinaryPrimitives.ReadUInt16BigEndian(rdata) : (ushort)0;
        int order = NameBlock.SetOrder(type.Value, covered);
        int at = IndexOf(order);
        if (at < 0)
        {
            if (!CanStandBeside(type))
                return AddResult.CnameConflict;
            Set fresh = _spare.TryPop(out Set? spare) ? spare : new Set();
            fresh.Reset(order, type.Value, ttl);
            _sets.Insert(~at, fresh);
            Insert(fresh, 0, rdata);
            return AddResult.Added;
        }

        Set set = _sets[at];
        int place = Place(set, rdata);
        if (place >= 0)
            return AddResult.Duplicate;
        if (type == RecordType.Soa || type == RecordType.Cname)
            return AddResult.SingletonConflict;
        if (type == RecordType.Dname)
            return AddResult.DnameConflict;
        if (set.Count == ushort.MaxValue)
            return AddResult.SetFull;
        Insert(set, ~place, rdata);
        return set.Ttl == ttl ? AddResult.Added : AddResult.TtlAdjusted;
    }

    /// <summary>Gives a set another TTL; false when there is no such set.</summary>
    public bool SetTtl(RecordType type, uint ttl, RecordType covered = default)
    {
        int at = IndexOf(NameBlock.SetOrder(type.Value, covered.Value));
        if (at < 0)
            return false;
        IsChanged |= _sets[at].Ttl != ttl;
        _sets[at].Ttl = ttl;
        return true;
    }

    /// <summary>The rdata of a record of a set that is there, by its place in canonical order; valid until the next change.</summary>
    internal ReadOnlySpan<byte> RdataAt(RecordType type, int index) =>
        Rdata(_sets[IndexOf(NameBlock.SetOrder(type.Value, 0))].Starts[index]);

    /// <summary>Drops the sets of certain types, those of signatures by the type RRSIG.</summary>
    internal void RemoveWhere(Predicate<RecordType> isGone)
    {
        for (int at = _sets.Count - 1; at >= 0; at--)
        {
            if (isGone(new RecordType(_sets[at].Type)))
                Drop(at);
        }
    }

    /// <summary>Drops a set; for RRSIG the one over the covered type. False when there is no such set.</summary>
    public bool Remove(RecordType type, RecordType covered = default)
    {
        int at = IndexOf(NameBlock.SetOrder(type.Value, covered.Value));
        if (at < 0)
            return false;
        Drop(at);
        return true;
    }

    /// <summary>Drops one record, and with the last record its set; false when there is no such record.</summary>
    public bool Remove(RecordType type, ReadOnlySpan<byte> rdata)
    {
        ushort covered = 0;
        if (type == RecordType.Rrsig && !BinaryPrimitives.TryReadUInt16BigEndian(rdata, out covered))
            return false;
        int at = IndexOf(NameBlock.SetOrder(type.Value, covered));
        if (at < 0)
            return false;
        Set set = _sets[at];
        int place = Place(set, rdata);
        if (place < 0)
            return false;
        set.Bytes -= LengthBytes + Rdata(set.Starts[place]).Length;
        set.Starts.RemoveAt(place);
        IsChanged = true;
        if (set.Count == 0)
            Drop(at);
        return true;
    }

    /// <summary>
    /// The packed form that <see cref="ZoneTreeTransaction.Put(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> takes; valid until the next call
    /// of any member.
    /// </summary>
    public ReadOnlySpan<byte> Pack()
    {
        int length = 0;
        foreach (Set set in _sets)
            length = checked(length + set.PackedBytes);
        if (_packed.Length < length)
            _packed = new byte[Math.Max(Math.Max(length, SmallestBufferBytes), _packed.Length * 2)];
        Span<byte> rest = _packed;
        foreach (Set set in _sets)
            rest = Pack(set, rest);
        Debug.Assert(_packed.Length - rest.Length == length);
        return _packed.AsSpan(0, length);
    }

    private Span<byte> Pack(Set set, Span<byte> to)
    {
        ushort count = (ushort)set.Count;
        MemoryMarshal.Write(to, set.Type);
        MemoryMarshal.Write(to[2..], count);
        MemoryMarshal.Write(to[4..], set.Ttl);
        int at = NameBlock.SetHeaderBytes;
        if (count != 1)
        {
            MemoryMarshal.Write(to[at..], set.Bytes);
            at = NameBlock.ManyHeaderBytes;
        }

        foreach (int start in set.Starts)
        {
            ReadOnlySpan<byte> record = _octets.AsSpan(start, LengthBytes + Rdata(start).Length);
            record.CopyTo(to[at..]);
            at += record.Length;
        }

        return to[at..];
    }

    private void Append(RecordSetView view)
    {
        Set set = _spare.TryPop(out Set? spare) ? spare : new Set();
        set.Reset(NameBlock.SetOrder(view.Type.Value, view.Covered.Value), view.Type.Value, view.Ttl);
        _sets.Add(set);
        foreach (ReadOnlySpan<byte> rdata in view)
            Insert(set, set.Count, rdata);
    }

    /// <summary>True unless the type is CNAME and there is other data, or the other way round.</summary>
    // RFC 2181 §10.1 and RFC 4035 §2.5 name what may stand beside CNAME; KEY, SIG and NXT are the forms of old.
    internal bool CanStandBeside(RecordType type)
    {
        if (IsCompanion(type.Value))
            return true;
        bool isCname = type == RecordType.Cname;
        foreach (Set set in _sets)
        {
            bool isSetCname = set.Type == RecordType.Cname.Value;
            if (isCname ? !isSetCname && !IsCompanion(set.Type) : isSetCname)
                return false;
        }

        return true;
    }

    private static bool IsCompanion(ushort type) =>
        type == RecordType.Rrsig.Value || type == RecordType.Nsec.Value || type is 24 or 25 or 30;

    private ReadOnlySpan<byte> Rdata(int start)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(start));
        return _octets.AsSpan(start + LengthBytes, length);
    }

    private void Insert(Set set, int place, ReadOnlySpan<byte> rdata)
    {
        int length = LengthBytes + rdata.Length;
        if (_octets.Length - _used < length)
            Array.Resize(ref _octets, Math.Max(Math.Max(_octets.Length * 2, SmallestBufferBytes), checked(_used + length)));
        BinaryPrimitives.WriteUInt16BigEndian(_octets.AsSpan(_used), (ushort)rdata.Length);
        rdata.CopyTo(_octets.AsSpan(_used + LengthBytes));
        set.Starts.Insert(place, _used);
        set.Bytes += length;
        _used += length;
        IsChanged = true;
    }

    private void Drop(int at)
    {
        _spare.Push(_sets[at]);
        _sets.RemoveAt(at);
        IsChanged = true;
    }

    private int IndexOf(int order)
    {
        for (int at = 0; at < _sets.Count; at++)
        {
            if (_sets[at].Order == order)
                return at;
            if (_sets[at].Order > order)
                return ~at;
        }

        return ~_sets.Count;
    }

    // Records mostly arrive in order, so the end is tried first.
    private int Place(Set set, ReadOnlySpan<byte> rdata)
    {
        int low = 0;
        int high = set.Count - 1;
        int middle = high;
        while (low <= high)
        {
            int order = RdataOrder.Compare(set.Type, Rdata(set.Starts[middle]), rdata);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
            middle = (low + high) >> 1;
        }

        return ~low;
    }

    private sealed class Set
    {
        public int Order { get; private set; }

        public ushort Type { get; private set; }

        public uint Ttl { get; set; }

        public int Bytes { get; set; }

        public List<int> Starts { get; } = [];

        public int Count => Starts.Count;

        public int PackedBytes => Bytes + (Count == 1 ? NameBlock.SetHeaderBytes : NameBlock.ManyHeaderBytes);

        public void Reset(int order, ushort type, uint ttl)
        {
            Order = order;
            Type = type;
            Ttl = ttl;
            Bytes = 0;
            Starts.Clear();
        }
    }
}

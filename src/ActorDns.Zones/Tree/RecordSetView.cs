using System.Diagnostics;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Tree;

/// <summary>
/// The records of one owner and type (of one covered type for RRSIG), in native memory; valid as long as its name's
/// view.
/// </summary>
public readonly unsafe struct RecordSetView
{
    private readonly byte* _set;
    private readonly byte* _blockEnd;

    internal RecordSetView(byte* set, byte* blockEnd)
    {
        Debug.Assert(set < blockEnd);
        Debug.Assert(NameBlock.NextSet(set) <= blockEnd);
        _set = set;
        _blockEnd = blockEnd;
    }

    /// <summary>True when there is no such set; then nothing else may be asked.</summary>
    public bool IsNull => _set == null;

    /// <summary>The type of the records.</summary>
    public RecordType Type => new(NameBlock.SetType(_set));

    /// <summary>The type that a set of RRSIG covers (RFC 4034 §3.1.1); 0 for every other set.</summary>
    public RecordType Covered => new(NameBlock.Covered(_set));

    /// <summary>The TTL that all records of the set share (RFC 2181 §5.2), in seconds.</summary>
    public uint Ttl => NameBlock.SetTtl(_set);

    /// <summary>Number of records, at least 1.</summary>
    public int Count => NameBlock.SetRecords(_set);

    /// <summary>The records in canonical order (RFC 4034 §6.3), each as its big-endian length and uncompressed rdata.</summary>
    public ReadOnlySpan<byte> Packed => new(NameBlock.Records(_set), NameBlock.RecordsLength(_set));

    /// <summary>The rdata of the set's first record.</summary>
    public ReadOnlySpan<byte> First
    {
        get
        {
            byte* record = NameBlock.Records(_set);
            return new(record + sizeof(ushort), NameBlock.RdataLength(record));
        }
    }

    /// <summary>Finds the signatures over this set: the set that follows it, when that is RRSIG for this type.</summary>
    public bool TryGetSignatures(out RecordSetView signatures)
    {
        byte* next = NameBlock.NextSet(_set);
        if (next < _blockEnd && NameBlock.SetType(next) == RecordType.Rrsig.Value
            && NameBlock.Covered(next) == NameBlock.SetType(_set))
        {
            signatures = new RecordSetView(next, _blockEnd);
            return true;
        }

        signatures = default;
        return false;
    }

    /// <summary>The rdata of each record in canonical order.</summary>
    public Enumerator GetEnumerator() => new(NameBlock.Records(_set), NameBlock.NextSet(_set));

    /// <summary>Goes through the rdata of a set.</summary>
    public struct Enumerator
    {
        private readonly byte* _end;
        private byte* _current;
        private byte* _next;

        internal Enumerator(byte* first, byte* end)
        {
            _next = first;
            _end = end;
        }

        /// <summary>The rdata that the enumerator stands on.</summary>
        public readonly ReadOnlySpan<byte> Current => new(_current + sizeof(ushort), NameBlock.RdataLength(_current));

        /// <summary>Goes to the next record.</summary>
        public bool MoveNext()
        {
            if (_next >= _end)
                return false;
            _current = _next;
            _next += sizeof(ushort) + NameBlock.RdataLength(_next);
            Debug.Assert(_next <= _end);
            return true;
        }
    }
}

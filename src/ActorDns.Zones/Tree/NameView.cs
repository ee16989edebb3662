using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Tree;

/// <summary>
/// A name in a zone and its record sets, in native memory. Valid while its snapshot is held by a lease or inside a reader's epoch.
/// </summary>
public readonly unsafe struct NameView
{
    private readonly byte* _block;

    internal NameView(byte* block) => _block = block;

    /// <summary>True when there is no such name; then nothing else may be asked.</summary>
    public bool IsNull => _block == null;

    /// <summary>The owner in uncompressed wire form, its case as stored.</summary>
    public ReadOnlySpan<byte> Owner => NameBlock.Owner(_block);

    /// <summary>What a search needs to know first.</summary>
    public NameTraits Traits => NameBlock.Traits(_block);

    /// <summary>Number of record sets; signatures over different types are different sets.</summary>
    public int SetCount => NameBlock.SetCount(_block);

    /// <summary>Number of records in all sets.</summary>
    public int RecordCount => NameBlock.RecordCount(_block);

    internal byte* Block => _block;

    /// <summary>The sets as packed in the block, ready to be put again.</summary>
    internal ReadOnlySpan<byte> PackedSets =>
        new(NameBlock.Sets(_block), (int)(_block + NameBlock.Length(_block) - NameBlock.Sets(_block)));

    /// <summary>Finds the set of a type. Asked for RRSIG it gives the first of possibly several such sets.</summary>
    public bool TryFind(RecordType type, out RecordSetView set)
    {
        byte* end = _block + NameBlock.Length(_block);
        for (byte* at = NameBlock.Sets(_block); at < end; at = NameBlock.NextSet(at))
        {
            ushort found = NameBlock.SetType(at);
            if (found == type.Value)
            {
                set = new RecordSetView(at, end);
                return true;
            }

            // RRSIG sets stand behind what they cover, so only a search for another type may end early.
            if (found > type.Value && found != RecordType.Rrsig.Value && type != RecordType.Rrsig)
                break;
        }

        set = default;
        return false;
    }

    /// <summary>The sets by type, a set of signatures directly after the type that it covers.</summary>
    public Enumerator GetEnumerator() => new(_block);

    /// <summary>Goes through the sets of a name.</summary>
    public struct Enumerator
    {
        private readonly byte* _end;
        private byte* _current;
        private byte* _next;

        internal Enumerator(byte* block)
        {
            _end = block + NameBlock.Length(block);
            _next = NameBlock.Sets(block);
        }

        /// <summary>The set that the enumerator stands on.</summary>
        public readonly RecordSetView Current => new(_current, _end);

        /// <summary>Goes to the next set.</summary>
        public bool MoveNext()
        {
            if (_next >= _end)
                return false;
            _current = _next;
            _next = NameBlock.NextSet(_next);
            return true;
        }
    }
}

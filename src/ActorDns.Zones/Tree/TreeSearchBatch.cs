using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tree;

/// <summary>
/// Many searches at once, in the same or different trees: each takes one step in turn, so that the memory of one arrives while the others
/// step. One thread's, made once and used again; allocates native memory only, and only when it is made.
/// </summary>
public sealed unsafe class TreeSearchBatch : IDisposable
{
    /// <summary>Most searches in one batch.</summary>
    public const int MaxSearches = 64;

    private Entry* _entries;
    private byte* _active;
    private int _count;

    /// <summary>Makes an empty batch.</summary>
    public TreeSearchBatch()
    {
        _entries = (Entry*)NativeMemory.AlignedAlloc((nuint)(MaxSearches * sizeof(Entry)), CacheLine.Bytes);
        _active = (byte*)NativeMemory.Alloc(MaxSearches);
    }

    /// <summary>Number of searches added since <see cref="Clear"/>.</summary>
    public int Count => _count;

    /// <summary>
    /// The result of a search, by the number that <see cref="Add"/> gave; valid after <see cref="Run"/> until <see
    /// cref="Clear"/>.
    /// </summary>
    public ref readonly TreeSearch this[int index]
    {
        get
        {
            Debug.Assert((uint)index < (uint)_count);
            return ref _entries[index].Search;
        }
    }

    /// <summary>Makes the batch empty.</summary>
    public void Clear() => _count = 0;

    /// <summary>
    /// Adds a search, of which there must not be <see cref="MaxSearches"/> yet, and gives its number. The name is
    /// copied.
    /// </summary>
    public int Add(ZoneTree tree, ReadOnlySpan<byte> wireName)
    {
        Debug.Assert(_count < MaxSearches);
        Debug.Assert(wireName.Length is > 0 and <= WireName.MaxBytes);
        Entry* entry = _entries + _count;
        wireName.CopyTo(new Span<byte>(entry->Name, WireName.MaxBytes));
        entry->NameLength = wireName.Length;
        entry->Search.Reset();
        TreeRoot? root = tree.Root;
        entry->Root = root?.Node ?? default;
        entry->KeyLength = root is null || entry->Root.IsEmpty ? 0 : TreeKey.Build(wireName, root.OriginBytes, entry->Key);
        return _count++;
    }

    /// <summary>Carries all searches out.</summary>
    public void Run()
    {
        int active = 0;
        for (int index = 0; index < _count; index++)
        {
            Entry* entry = _entries + index;
            entry->Next = &entry->Root;
            entry->Leaf = null;
            if (entry->KeyLength > 0)
                _active[active++] = (byte)index;
        }

        while (active > 0)
            active = StepAll(active);
        for (int index = 0; index < _count; index++)
        {
            Entry* entry = _entries + index;
            entry->Search.ResolveNodes();
            if (entry->Search.AncestorCount > 0)
                CacheLine.Prefetch(entry->Search.Closest.Block);
        }

        for (int index = 0; index < _count; index++)
            Finish(_entries + index);
    }

    /// <summary>Frees the memory; results must not be used any more.</summary>
    public void Dispose()
    {
        NativeMemory.AlignedFree(_entries);
        NativeMemory.Free(_active);
        _entries = null;
        _active = null;
        _count = 0;
    }

    // One step for each search that has not ended; those that go on are moved to the front.
    private int StepAll(int active)
    {
        int kept = 0;
        for (int at = 0; at < active; at++)
        {
            byte index = _active[at];
            Entry* entry = _entries + index;
            TreeNode node = *entry->Next;
            if (!node.IsBranch)
            {
                entry->Leaf = entry->Next;
                CacheLine.Prefetch(node.Block);
                CacheLine.Prefetch(node.Block + CacheLine.Bytes);
                continue;
            }

            int offset = node.Offset;
            if (offset >= entry->KeyLength)
                continue;
            byte symbol = entry->Key[offset];
            ulong bit = TreeNode.BitOf(symbol);
            TreeNode* twigs = node.Twigs;
            if (node.HasKeyEnd && symbol != TreeKey.KeyEnd)
            {
                entry->Search.PushNode(twigs);
                CacheLine.Prefetch(twigs);
            }

            if (!node.Has(bit))
                continue;
            entry->Next = twigs + node.IndexOf(bit);
            CacheLine.Prefetch(entry->Next);
            _active[kept++] = index;
        }

        return kept;
    }

    private static void Finish(Entry* entry)
    {
        ReadOnlySpan<byte> name = new(entry->Name, entry->NameLength);
        if (entry->Leaf != null)
            ZoneTree.FinishAtLeaf(name, *entry->Leaf, ref entry->Search);
        else
            ZoneTree.FinishAbsent(name, ref entry->Search);
    }

    private ref struct Entry
    {
        public TreeNode Root;
        public TreeNode* Next;
        public TreeNode* Leaf;
        public int KeyLength;
        public int NameLength;
        public fixed byte Name[WireName.MaxBytes + 1];
        public fixed byte Key[TreeKey.MaxSymbols];
        public TreeSearch Search;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tree;

/// <summary>
/// One immutable version of a zone's names: a QP-trie whose nodes and records lie outside the collector's heap. Reading takes no lock and
/// allocates nothing. Views stay valid while the snapshot is held by a lease or inside a reader's epoch.
/// </summary>
public readonly unsafe struct ZoneTree
{
    private readonly TreeRoot? _root;

    internal ZoneTree(TreeRoot root) => _root = root;

    /// <summary>Number of names, empty non-terminals included.</summary>
    public int NameCount => _root?.Counts.Names ?? 0;

    /// <summary>The first name in canonical order, which is the apex when it exists.</summary>
    public NameView First
    {
        [SkipLocalsInit]
        get
        {
            if (_root is null)
                return default;
            Span<ulong> stack = stackalloc ulong[TreeCursor.StackEntries];
            return new TreeCursor(stack, 0).First(_root.Node, out TreeNode leaf) ? new NameView(leaf.Block) : default;
        }
    }

    /// <summary>The last name in canonical order.</summary>
    public NameView Last
    {
        [SkipLocalsInit]
        get
        {
            if (_root is null)
                return default;
            Span<ulong> stack = stackalloc ulong[TreeCursor.StackEntries];
            return new TreeCursor(stack, 0).Last(_root.Node, out TreeNode leaf) ? new NameView(leaf.Block) : default;
        }
    }

    internal TreeRoot? Root => _root;

    /// <summary>Finds a name, ASCII case apart.</summary>
    public bool TryFind(ReadOnlySpan<byte> wireName, out NameView name)
    {
        if (_root is not null)
            return TryFind(_root.Node, _root.OriginBytes, wireName, out name);
        name = default;
        return false;
    }

    /// <summary>Finds a name and its existing ancestors in one descent. A name outside the zone finds nothing.</summary>
    [SkipLocalsInit]
    public void Search(ReadOnlySpan<byte> wireName, ref TreeSearch search)
    {
        search.Reset();
        if (_root is null || _root.Node.IsEmpty)
            return;
        byte* key = stackalloc byte[TreeKey.MaxSymbols];
        int length = TreeKey.Build(wireName, _root.OriginBytes, key);
        TreeNode node = _root.Node;
        while (node.IsBranch)
        {
            int offset = node.Offset;
            if (offset >= length)
            {
                FinishAbsent(wireName, ref search);
                return;
            }

            byte symbol = key[offset];
            ulong bit = TreeNode.BitOf(symbol);
            TreeNode* twigs = node.Twigs;
            if (node.HasKeyEnd && symbol != TreeKey.KeyEnd)
                search.Push(twigs[0]);
            if (!node.Has(bit))
            {
                FinishAbsent(wireName, ref search);
                return;
            }

            node = twigs[node.IndexOf(bit)];
        }

        FinishAtLeaf(wireName, node, ref search);
    }

    /// <summary>The greatest name strictly before this one in canonical order, or the null view; the name itself need not exist.</summary>
    [SkipLocalsInit]
    public NameView Before(ReadOnlySpan<byte> wireName)
    {
        if (_root is null)
            return default;
        if (!WireName.IsAtOrBelow(wireName, _root.Origin))
            return WireName.CompareCanonical(wireName, _root.Origin) < 0 ? default : Last;
        Span<ulong> stack = stackalloc ulong[TreeCursor.StackEntries];
        TreeCursor cursor = new(stack, 0);
        bool hasName = cursor.SeekCeiling(_root.Node, wireName, _root.OriginBytes, out TreeNode leaf, out _)
            ? cursor.Previous(out leaf)
            : cursor.Last(_root.Node, out leaf);
        return hasName ? new NameView(leaf.Block) : default;
    }

    /// <summary>The smallest name strictly after this one in canonical order, or the null view; the name itself need not exist.</summary>
    [SkipLocalsInit]
    public NameView After(ReadOnlySpan<byte> wireName)
    {
        if (_root is null)
            return default;
        if (!WireName.IsAtOrBelow(wireName, _root.Origin))
            return WireName.CompareCanonical(wireName, _root.Origin) < 0 ? First : default;
        Span<ulong> stack = stackalloc ulong[TreeCursor.StackEntries];
        TreeCursor cursor = new(stack, 0);
        bool hasName = cursor.SeekCeiling(_root.Node, wireName, _root.OriginBytes, out TreeNode leaf, out bool isExact)
            && (!isExact || cursor.Next(out leaf));
        return hasName ? new NameView(leaf.Block) : default;
    }

    /// <summary>Goes through all names in canonical order, from the apex.</summary>
    public TreeWalk Walk() => new(_root);

    /// <summary>Goes through the names in canonical order, from this one or, when it does not exist, from the next.</summary>
    public TreeWalk WalkFrom(ReadOnlySpan<byte> wireName) => new TreeWalk(_root).StartAt(wireName);

    [SkipLocalsInit]
    internal static bool TryFind(TreeNode node, int originBytes, ReadOnlySpan<byte> wireName, out NameView name)
    {
        byte* key = stackalloc byte[TreeKey.MaxSymbols];
        int length = TreeKey.Build(wireName, originBytes, key);
        return TryFind(node, key, length, wireName, out name);
    }

    /// <summary>The same with the name's key at hand.</summary>
    internal static bool TryFind(TreeNode node, byte* key, int length, ReadOnlySpan<byte> wireName, out NameView name)
    {
        name = default;
        if (node.IsEmpty)
            return false;
        while (node.IsBranch)
        {
            int offset = node.Offset;
            if (offset >= length)
                return false;
            ulong bit = TreeNode.BitOf(key[offset]);
            if (!node.Has(bit))
                return false;
            node = node.Twigs[node.IndexOf(bit)];
        }

        if (!WireName.Equal(NameBlock.Owner(node.Block), wireName))
            return false;
        name = new NameView(node.Block);
        return true;
    }

    /// <summary>Ends a search that met a leaf: the name, its closest encloser, or neither.</summary>
    internal static void FinishAtLeaf(ReadOnlySpan<byte> wireName, TreeNode leaf, ref TreeSearch search)
    {
        ReadOnlySpan<byte> owner = NameBlock.Owner(leaf.Block);
        if (WireName.Equal(owner, wireName))
        {
            search.Found(leaf.Block);
            return;
        }

        if (owner.Length < wireName.Length && WireName.IsAtOrBelow(wireName, owner))
            search.Push(leaf);
        else
            FinishAbsent(wireName, ref search);
    }

    /// <summary>
    /// Drops what the descent took for ancestors but skipped symbols disprove. They lie on one line, so the deepest that is one proves
    /// all above it.
    /// </summary>
    internal static void FinishAbsent(ReadOnlySpan<byte> wireName, ref TreeSearch search)
    {
        while (search.AncestorCount > 0 && !WireName.IsAtOrBelow(wireName, search.Closest.Owner))
            search.Pop();
        Debug.Assert(search.Exact.IsNull);
    }
}

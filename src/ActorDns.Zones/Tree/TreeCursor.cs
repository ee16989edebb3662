using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorDns.Zones.Tree;

/// <summary>
/// A place in a tree in canonical order: the branches above a leaf, each as its twigs' address with index (bits 48 to 55) and number
/// (bits 56 to 63) of the twig taken. The caller lends <see cref="StackEntries"/> words for them.
/// </summary>
internal unsafe ref struct TreeCursor(Span<ulong> stack, int depth)
{
    /// <summary>Every branch on a path decides on a later symbol, so there are never more of them than symbols.</summary>
    public const int StackEntries = TreeKey.MaxSymbols;

    private const int IndexShift = 48;
    private const int CountShift = 56;
    private const ulong AddressMask = (1UL << IndexShift) - 1;
    private const ulong OneStep = 1UL << IndexShift;

    private readonly Span<ulong> _stack = stack;
    private int _depth = depth;

    /// <summary>Number of stack words in use.</summary>
    public readonly int Depth => _depth;

    public bool First(TreeNode root, out TreeNode leaf)
    {
        _depth = 0;
        leaf = root;
        if (root.IsEmpty)
            return false;
        leaf = Leftmost(root);
        return true;
    }

    public bool Last(TreeNode root, out TreeNode leaf)
    {
        _depth = 0;
        leaf = root;
        if (root.IsEmpty)
            return false;
        leaf = Rightmost(root);
        return true;
    }

    public bool Next(out TreeNode leaf)
    {
        while (_depth > 0)
        {
            ulong entry = _stack[_depth - 1] + OneStep;
            if (IndexOf(entry) < CountOf(entry))
            {
                _stack[_depth - 1] = entry;
                // The twig after this one is most likely wanted next; its block or its twigs, whichever it has.
                if (IndexOf(entry) + 1 < CountOf(entry))
                    CacheLine.Prefetch(TwigOf(entry + OneStep).Block);
                leaf = Leftmost(TwigOf(entry));
                return true;
            }

            _depth--;
        }

        leaf = default;
        return false;
    }

    public bool Previous(out TreeNode leaf)
    {
        while (_depth > 0)
        {
            ulong entry = _stack[_depth - 1];
            if (IndexOf(entry) > 0)
            {
                entry -= OneStep;
                _stack[_depth - 1] = entry;
                leaf = Rightmost(TwigOf(entry));
                return true;
            }

            _depth--;
        }

        leaf = default;
        return false;
    }

    /// <summary>
    /// Goes to the smallest name that is not before <paramref name="name"/>; false when there is none. A name outside the zone is the
    /// caller's to sort out.
    /// </summary>
    [SkipLocalsInit]
    public bool SeekCeiling(TreeNode root, ReadOnlySpan<byte> name, int originBytes, out TreeNode leaf, out bool isExact)
    {
        _depth = 0;
        isExact = false;
        leaf = root;
        if (root.IsEmpty)
            return false;
        byte* key = stackalloc byte[TreeKey.MaxSymbols];
        byte* other = stackalloc byte[TreeKey.MaxSymbols];
        int length = TreeKey.Build(name, originBytes, key);
        Debug.Assert(length > 0);
        int otherLength = TreeKey.Build(NameBlock.Owner(NearestLeaf(root, key, length).Block), originBytes, other);
        int divergence = TreeKey.Divergence(key, length, other, otherLength);
        isExact = divergence == length;
        Debug.Assert(!isExact || otherLength == length);

        TreeNode node = root;
        while (node.IsBranch && node.Offset < divergence)
        {
            int index = node.IndexOf(TreeNode.BitOf(key[node.Offset]));
            Push(node, index);
            node = node.Twigs[index];
        }

        if (isExact)
        {
            leaf = node;
            return true;
        }

        if (node.IsBranch && node.Offset == divergence)
        {
            int index = node.IndexOf(TreeNode.BitOf(key[divergence]));
            if (index == node.TwigCount)
                return Next(out leaf);
            Push(node, index);
            leaf = Leftmost(node.Twigs[index]);
            return true;
        }

        if (key[divergence] > other[divergence])
            return Next(out leaf);
        leaf = Leftmost(node);
        return true;
    }

    /// <summary>A leaf that shares with the key at least as many symbols as any other does.</summary>
    public static TreeNode NearestLeaf(TreeNode node, byte* key, int length)
    {
        while (node.IsBranch)
        {
            int offset = node.Offset;
            ulong bit = TreeNode.BitOf(offset < length ? key[offset] : TreeKey.KeyEnd);
            node = node.Twigs[node.Has(bit) ? node.IndexOf(bit) : 0];
        }

        return node;
    }

    private static int IndexOf(ulong entry) => (byte)(entry >> IndexShift);

    private static int CountOf(ulong entry) => (byte)(entry >> CountShift);

    private static TreeNode TwigOf(ulong entry) => ((TreeNode*)(entry & AddressMask))[IndexOf(entry)];

    private void Push(TreeNode branch, int index) =>
        _stack[_depth++] = (ulong)branch.Twigs | ((ulong)index << IndexShift) | ((ulong)branch.TwigCount << CountShift);

    private TreeNode Leftmost(TreeNode node)
    {
        while (node.IsBranch)
        {
            Push(node, 0);
            node = node.Twigs[0];
        }

        return node;
    }

    private TreeNode Rightmost(TreeNode node)
    {
        while (node.IsBranch)
        {
            int last = node.TwigCount - 1;
            Push(node, last);
            node = node.Twigs[last];
        }

        return node;
    }
}

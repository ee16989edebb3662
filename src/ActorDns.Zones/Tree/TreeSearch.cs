using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorDns.Zones.Tree;

/// <summary>
/// The result of one search: the name itself, when it exists, and its existing proper ancestors. About a kilobyte that need not be
/// cleared: declare it with <c>Unsafe.SkipInit(out TreeSearch search)</c> in a method marked <see cref="SkipLocalsInitAttribute"/>.
/// </summary>
public unsafe ref struct TreeSearch
{
    /// <summary>A name has at most 127 labels, so at most 127 names and the root stand above it.</summary>
    internal const int MaxAncestors = 128;

    private const int TraitsShift = 48;
    private const ulong AddressMask = (1UL << TraitsShift) - 1;

    private byte* _exact;
    private int _count;
    private Slots _ancestors;

    /// <summary>The name that was searched for, or the null view.</summary>
    public readonly NameView Exact => new(_exact);

    /// <summary>Number of existing proper ancestors from the apex downwards; 0 only for the apex or a name outside the zone.</summary>
    public readonly int AncestorCount => _count;

    /// <summary>The closest encloser of a name that does not exist (RFC 4592 §3.3.1), or the parent of one that does.</summary>
    public readonly NameView Closest => _count == 0 ? default : Ancestor(_count - 1);

    /// <summary>An ancestor, 0 being the apex and the last the closest encloser.</summary>
    public readonly NameView Ancestor(int index)
    {
        Debug.Assert((uint)index < (uint)_count);
        return new((byte*)(_ancestors[index] & AddressMask));
    }

    /// <summary>An ancestor's traits, known without touching its memory.</summary>
    public readonly NameTraits AncestorTraits(int index)
    {
        Debug.Assert((uint)index < (uint)_count);
        return (NameTraits)(byte)(_ancestors[index] >> TraitsShift);
    }

    internal void Reset()
    {
        _exact = null;
        _count = 0;
    }

    internal void Found(byte* block) => _exact = block;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Push(TreeNode leaf)
    {
        Debug.Assert(!leaf.IsBranch);
        Debug.Assert(_count < MaxAncestors);
        _ancestors[_count++] = (ulong)leaf.Block | ((ulong)leaf.Traits << TraitsShift);
    }

    /// <summary>Pushes a leaf by its address, whose memory may still be on its way, for <see cref="ResolveNodes"/>.</summary>
    internal void PushNode(TreeNode* leaf)
    {
        Debug.Assert(_count < MaxAncestors);
        _ancestors[_count++] = (ulong)leaf;
    }

    /// <summary>Makes of pushed addresses what <see cref="Push"/> would have stored.</summary>
    internal void ResolveNodes()
    {
        int count = _count;
        _count = 0;
        for (int index = 0; index < count; index++)
            Push(*(TreeNode*)_ancestors[index]);
    }

    internal void Pop() => _count--;

    [InlineArray(MaxAncestors)]
    private struct Slots
    {
        private ulong _first;
    }
}

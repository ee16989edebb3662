using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tree;

/// <summary>
/// Writes the next version of a tree: copies what lies on the path of a change, shares the rest, and edits in place what it made itself.
/// One writer at a time. Older versions stay intact until their memory is reclaimed.
/// </summary>
public sealed unsafe partial class ZoneTreeTransaction
{
    private readonly ZoneArena _arena;
    private readonly byte[] _origin;
    private readonly RetireList _retired;
    private TreeNode _root;
    private TreeCounts _counts;
    private bool _isEnded;

    /// <summary>Starts a tree without names in memory of its own.</summary>
    public ZoneTreeTransaction(DomainName origin)
        : this(new ZoneArena(), origin)
    {
    }

    /// <summary>Starts from a version, which must be the latest of its tree and the only tree in its memory.</summary>
    /// <exception cref="InvalidOperationException">The version is not the latest, or belongs to a snapshot.</exception>
    public ZoneTreeTransaction(ZoneTree basis)
        : this(basis, BeginVersion(basis))
    {
    }

    internal ZoneTreeTransaction(ZoneArena arena, DomainName origin)
        : this(arena, origin.Wire.ToArray(), default, default, BeginFirst(arena))
    {
    }

    /// <summary>Takes part in a version that the caller began and whose retired memory it collects.</summary>
    internal ZoneTreeTransaction(ZoneTree basis, RetireList retired)
        : this(basis.Root!.Arena, basis.Root.Origin, basis.Root.Node, basis.Root.Counts, retired)
    {
    }

    internal ZoneTreeTransaction(
        ZoneArena arena, byte[] origin, TreeNode node, TreeCounts counts, RetireList retired)
    {
        Debug.Assert(retired.Version == arena.Version);
        _arena = arena;
        _origin = origin;
        _root = node;
        _counts = counts;
        _retired = retired;
    }

    /// <summary>The tree as this transaction sees it; it changes with the transaction and must not be published.</summary>
    public ZoneTree Working => new(new TreeRoot(_arena, _origin, _root, _counts, _arena.Version));

    internal RetireList Retired => _retired;

    internal TreeCounts Counts => _counts;

    /// <summary>Writes the key of a name of this tree, for the calls that take one; at most <see cref="TreeKey.MaxSymbols"/>.</summary>
    internal int BuildKey(ReadOnlySpan<byte> owner, byte* key) => TreeKey.Build(owner, _origin.Length, key);

    /// <summary>Finds a name whose key is at hand.</summary>
    internal bool TryFind(byte* key, int length, ReadOnlySpan<byte> owner, out NameView name) =>
        ZoneTree.TryFind(_root, key, length, owner, out name);

    /// <summary>Finds a name as the transaction sees it. The view ends with the next change of that name.</summary>
    public bool TryFind(ReadOnlySpan<byte> owner, out NameView name) =>
        ZoneTree.TryFind(_root, _origin.Length, owner, out name);

    /// <summary>
    /// True when there are names below one that exists. Their keys go on where its own ends, so that a branch decides on its last symbol.
    /// </summary>
    [SkipLocalsInit]
    internal bool HasNamesBelow(ReadOnlySpan<byte> owner)
    {
        Debug.Assert(TryFind(owner, out _));
        byte* key = stackalloc byte[TreeKey.MaxSymbols];
        return HasNamesBelow(key, TreeKey.Build(owner, _origin.Length, key));
    }

    /// <summary>The same with the name's key at hand.</summary>
    internal bool HasNamesBelow(byte* key, int length)
    {
        TreeNode node = _root;
        while (node.IsBranch && node.Offset < length - 1)
            node = node.Twigs[node.IndexOf(TreeNode.BitOf(key[node.Offset]))];
        return node.IsBranch;
    }

    /// <summary>
    /// Adds a name or replaces all its record sets. <paramref name="packedSets"/> is the packed form that
    /// <c>NameContent</c> gives; empty for an empty non-terminal.
    /// </summary>
    [SkipLocalsInit]
    public void Put(ReadOnlySpan<byte> owner, ReadOnlySpan<byte> packedSets)
    {
        byte* key = stackalloc byte[TreeKey.MaxSymbols];
        Put(key, TreeKey.Build(owner, _origin.Length, key), owner, packedSets);
    }

    /// <summary>The same with the name's key at hand.</summary>
    internal void Put(byte* key, int length, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> packedSets)
    {
        Debug.Assert(!_isEnded);
        Debug.Assert(WireName.IsAtOrBelow(owner, _origin));
        int bytes = NameBlock.Measure(owner, packedSets);
        byte* block = _arena.AllocateBlock(bytes);
        NameTraits traits = NameBlock.Write(block, owner, packedSets, isApex: owner.Length == _origin.Length);
        fixed (TreeNode* root = &_root)
        {
            TreeNode* slot = Claim(root, key, length);
            if (!slot->IsEmpty)
            {
                _counts.Subtract(slot->Block);
                ReleaseBlock(*slot);
            }

            *slot = TreeNode.Leaf(traits, block, _arena.Generation);
        }

        _counts.Add(block);
    }

    /// <summary>Removes a name with all its record sets; false when it does not exist.</summary>
    [SkipLocalsInit]
    public bool Remove(ReadOnlySpan<byte> owner)
    {
        byte* key = stackalloc byte[TreeKey.MaxSymbols];
        int length = TreeKey.Build(owner, _origin.Length, key);
        if (!ZoneTree.TryFind(_root, key, length, owner, out _))
            return false;
        RemoveExisting(key);
        return true;
    }

    /// <summary>Removes a name that is known to exist, by its key.</summary>
    internal void RemoveExisting(byte* key)
    {
        Debug.Assert(!_isEnded);
        fixed (TreeNode* root = &_root)
        {
            if (!root->IsBranch)
            {
                _counts.Subtract(root->Block);
                ReleaseBlock(*root);
                *root = default;
                return;
            }

            TreeNode* parent = root;
            while (true)
            {
                int index = parent->IndexOf(TreeNode.BitOf(key[parent->Offset]));
                if (!parent->Twigs[index].IsBranch)
                {
                    _counts.Subtract(parent->Twigs[index].Block);
                    ReleaseBlock(parent->Twigs[index]);
                    RemoveTwig(parent, index, TreeNode.BitOf(key[parent->Offset]));
                    return;
                }

                Own(parent);
                parent = &parent->Twigs[index];
            }
        }
    }

    /// <summary>Ends the transaction and gives the new version.</summary>
    public ZoneTree Commit()
    {
        Debug.Assert(!_isEnded);
        _isEnded = true;
        return Working;
    }

    /// <summary>Ends the transaction and frees what it made; the version that it started from is as it was.</summary>
    public void Rollback()
    {
        if (_isEnded)
            return;
        _isEnded = true;
        FreeOwned(_arena, _root);
        if (!_arena.IsShared)
            _arena.AbandonVersion();
    }

    /// <summary>Frees what a version made that was never published and from which no other was made.</summary>
    internal static void FreeOwned(ZoneArena arena, TreeNode node)
    {
        if (node.IsEmpty || node.Generation != arena.Generation)
            return;
        if (!node.IsBranch)
        {
            arena.FreeBlock(node.Block, NameBlock.Length(node.Block));
            return;
        }

        int count = node.TwigCount;
        for (int index = 0; index < count; index++)
            FreeOwned(arena, node.Twigs[index]);
        arena.FreeVector(node.Twigs, count);
    }

    /// <summary>Forgets the births of a whole tree; readers never look at them.</summary>
    internal static TreeNode ForgetBirths(TreeNode node)
    {
        if (node.IsEmpty)
            return node;
        if (node.IsBranch)
        {
            int count = node.TwigCount;
            for (int index = 0; index < count; index++)
                node.Twigs[index] = ForgetBirths(node.Twigs[index]);
        }

        return node.WithoutGeneration();
    }

    private static RetireList BeginFirst(ZoneArena arena)
    {
        arena.BeginVersion();
        return new RetireList(arena.Version);
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ActorDns.Zones.Tree;

/// <content>Path copying: how a slot for a name is made, and how memory is let go.</content>
public sealed unsafe partial class ZoneTreeTransaction
{
    // The slot of a name's leaf, in a vector of this transaction; empty when the name is new. It must be filled before the next call.
    [SkipLocalsInit]
    private TreeNode* Claim(TreeNode* root, byte* key, int length)
    {
        if (root->IsEmpty)
            return root;
        byte* other = stackalloc byte[TreeKey.MaxSymbols];
        TreeNode nearest = TreeCursor.NearestLeaf(*root, key, length);
        int otherLength = TreeKey.Build(NameBlock.Owner(nearest.Block), _origin.Length, other);
        int divergence = TreeKey.Divergence(key, length, other, otherLength);

        TreeNode* slot = root;
        while (slot->IsBranch && slot->Offset < divergence)
        {
            Own(slot);
            slot = &slot->Twigs[slot->IndexOf(TreeNode.BitOf(key[slot->Offset]))];
        }

        if (divergence == length)
        {
            Debug.Assert(!slot->IsBranch);
            return slot;
        }

        ulong bit = TreeNode.BitOf(key[divergence]);
        if (slot->IsBranch && slot->Offset == divergence)
            return AddTwig(slot, bit);
        ulong otherBit = TreeNode.BitOf(other[divergence]);
        TreeNode* twigs = _arena.AllocateVector(2);
        int index = bit > otherBit ? 1 : 0;
        twigs[1 - index] = *slot;
        twigs[index] = default;
        *slot = TreeNode.Branch(divergence, bit | otherBit, twigs, _arena.Generation);
        return &twigs[index];
    }

    private TreeNode* AddTwig(TreeNode* slot, ulong bit)
    {
        Debug.Assert(!slot->Has(bit));
        TreeNode* old = slot->Twigs;
        int count = slot->TwigCount;
        int index = slot->IndexOf(bit);
        TreeNode* twigs = _arena.AllocateVector(count + 1);
        for (int i = 0; i < index; i++)
            twigs[i] = old[i];
        for (int i = index; i < count; i++)
            twigs[i + 1] = old[i];
        twigs[index] = default;
        ReleaseVector(*slot);
        *slot = slot->WithTwigs(slot->Bitmap | bit, twigs, _arena.Generation);
        return &twigs[index];
    }

    private void RemoveTwig(TreeNode* slot, int index, ulong bit)
    {
        TreeNode* old = slot->Twigs;
        int count = slot->TwigCount;
        if (count == 2)
        {
            TreeNode rest = old[1 - index];
            ReleaseVector(*slot);
            *slot = rest;
            return;
        }

        TreeNode* twigs = _arena.AllocateVector(count - 1);
        for (int i = 0; i < index; i++)
            twigs[i] = old[i];
        for (int i = index + 1; i < count; i++)
            twigs[i - 1] = old[i];
        ReleaseVector(*slot);
        *slot = slot->WithTwigs(slot->Bitmap & ~bit, twigs, _arena.Generation);
    }

    // Makes the twigs below a slot this transaction's own.
    private void Own(TreeNode* slot)
    {
        if (slot->Generation == _arena.Generation)
            return;
        int count = slot->TwigCount;
        TreeNode* twigs = _arena.AllocateVector(count);
        new ReadOnlySpan<TreeNode>(slot->Twigs, count).CopyTo(new Span<TreeNode>(twigs, count));
        ReleaseVector(*slot);
        *slot = slot->WithTwigs(slot->Bitmap, twigs, _arena.Generation);
    }

    private void ReleaseVector(TreeNode branch)
    {
        if (branch.Generation == _arena.Generation)
            _arena.FreeVector(branch.Twigs, branch.TwigCount);
        else
            _retired.AddVector((nint)branch.Twigs, branch.TwigCount, _arena.VersionOf(branch.Generation));
    }

    private void ReleaseBlock(TreeNode leaf)
    {
        int bytes = NameBlock.Length(leaf.Block);
        if (leaf.Generation == _arena.Generation)
            _arena.FreeBlock(leaf.Block, bytes);
        else
            _retired.AddBlock((nint)leaf.Block, bytes, _arena.VersionOf(leaf.Generation));
    }

    private static RetireList BeginVersion(ZoneTree basis)
    {
        TreeRoot root = basis.Root ?? throw new InvalidOperationException("a default tree has no memory to write to");
        ZoneArena arena = root.Arena;
        if (arena.IsShared || root.Version != arena.Version)
            throw new InvalidOperationException("the tree belongs to a snapshot or is not the latest version");
        if (arena.IsGenerationExhausted)
        {
            root.ForgetBirths();
            arena.ForgetBirths();
        }

        arena.BeginVersion();
        return new RetireList(arena.Version);
    }
}

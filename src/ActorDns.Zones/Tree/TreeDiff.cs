using System.Runtime.CompilerServices;

namespace ActorDns.Zones.Tree;

/// <summary>
/// Finds the names in which two trees of one origin differ, in canonical order. What both share is passed over: a node that points to the
/// same memory stands for the same names, so that two versions of one zone are compared by what lies on the paths of their changes.
/// </summary>
internal sealed unsafe class TreeDiff
{
    private readonly int _originBytes;
    private readonly List<(NameView Before, NameView After)> _names = [];

    private TreeDiff(int originBytes) => _originBytes = originBytes;

    /// <summary>Number of pairs of nodes that were compared; tells tests that shared parts were not.</summary>
    public int ComparedNodes { get; private set; }

    /// <summary>The names that are in one tree only, the other view being null, or whose blocks differ in any octet.</summary>
    public IReadOnlyList<(NameView Before, NameView After)> Names => _names;

    /// <summary>Compares two trees whose memory is held.</summary>
    public static TreeDiff Between(ZoneTree before, ZoneTree after)
    {
        TreeDiff diff = new((before.Root ?? after.Root)?.OriginBytes ?? 0);
        diff.Compare(before.Root?.Node ?? default, after.Root?.Node ?? default);
        return diff;
    }

    private static bool IsSame(TreeNode left, TreeNode right) =>
        left.IsBranch == right.IsBranch && (left.IsBranch ? left.Twigs == right.Twigs : left.Block == right.Block);

    // A twig that both share proves that all keys below both agree up to where they decide, without a look at a key.
    private static bool HaveCommonTwig(TreeNode before, TreeNode after)
    {
        if (!before.IsBranch || !after.IsBranch || before.Offset != after.Offset)
            return false;
        for (ulong bits = before.Bitmap & after.Bitmap; bits != 0; bits &= bits - 1)
        {
            ulong bit = bits & (~bits + 1);
            if (IsSame(before.Twigs[before.IndexOf(bit)], after.Twigs[after.IndexOf(bit)]))
                return true;
        }

        return false;
    }

    private void Compare(TreeNode before, TreeNode after)
    {
        ComparedNodes++;
        if (before.IsEmpty || after.IsEmpty)
        {
            Take(before, isBefore: true);
            Take(after, isBefore: false);
            return;
        }

        if (IsSame(before, after))
            return;
        if (HaveCommonTwig(before, after))
        {
            CompareTwigs(before, after);
            return;
        }

        Meeting meeting = Meet(before, after);
        if (meeting.IsApart)
        {
            // No name of one lies between names of the other.
            if (!meeting.IsBeforeFirst)
                Take(after, isBefore: false);
            Take(before, isBefore: true);
            if (meeting.IsBeforeFirst)
                Take(after, isBefore: false);
        }
        else if (!before.IsBranch && !after.IsBranch)
        {
            AddIfDifferent(new NameView(before.Block), new NameView(after.Block));
        }
        else if (before.IsBranch && after.IsBranch && before.Offset == after.Offset)
        {
            CompareTwigs(before, after);
        }
        else if (before.IsBranch && (!after.IsBranch || before.Offset < after.Offset))
        {
            ComparePast(before, meeting.SymbolOfAfter, after, isBranchBefore: true);
        }
        else
        {
            ComparePast(after, meeting.SymbolOfBefore, before, isBranchBefore: false);
        }
    }

    private void CompareTwigs(TreeNode before, TreeNode after)
    {
        for (ulong bits = before.Bitmap | after.Bitmap; bits != 0; bits &= bits - 1)
        {
            ulong bit = bits & (~bits + 1);
            Compare(
                before.Has(bit) ? before.Twigs[before.IndexOf(bit)] : default,
                after.Has(bit) ? after.Twigs[after.IndexOf(bit)] : default);
        }
    }

    // All names of the other node go where one symbol of the branch leads.
    private void ComparePast(TreeNode branch, byte symbol, TreeNode other, bool isBranchBefore)
    {
        ulong otherBit = TreeNode.BitOf(symbol);
        for (ulong bits = branch.Bitmap | otherBit; bits != 0; bits &= bits - 1)
        {
            ulong bit = bits & (~bits + 1);
            TreeNode twig = branch.Has(bit) ? branch.Twigs[branch.IndexOf(bit)] : default;
            TreeNode opposite = bit == otherBit ? other : default;
            if (isBranchBefore)
                Compare(twig, opposite);
            else
                Compare(opposite, twig);
        }
    }

    // Where the keys below two nodes part. All keys below a branch agree up to its offset.
    [SkipLocalsInit]
    private Meeting Meet(TreeNode before, TreeNode after)
    {
        byte* left = stackalloc byte[TreeKey.MaxSymbols];
        byte* right = stackalloc byte[TreeKey.MaxSymbols];
        int leftLength = TreeKey.Build(FirstOwner(before), _originBytes, left);
        int rightLength = TreeKey.Build(FirstOwner(after), _originBytes, right);
        int divergence = TreeKey.Divergence(left, leftLength, right, rightLength);
        int leftShared = before.IsBranch ? before.Offset : leftLength;
        int rightShared = after.IsBranch ? after.Offset : rightLength;
        if (divergence < Math.Min(leftShared, rightShared))
            return new Meeting(true, left[divergence] < right[divergence], 0, 0);
        return new Meeting(
            false,
            false,
            rightShared < leftLength ? left[rightShared] : (byte)0,
            leftShared < rightLength ? right[leftShared] : (byte)0);
    }

    private static ReadOnlySpan<byte> FirstOwner(TreeNode node)
    {
        while (node.IsBranch)
            node = node.Twigs[0];
        return NameBlock.Owner(node.Block);
    }

    private void Take(TreeNode node, bool isBefore)
    {
        if (node.IsEmpty)
            return;
        if (!node.IsBranch)
        {
            NameView name = new(node.Block);
            _names.Add(isBefore ? (name, default) : (default, name));
            return;
        }

        int count = node.TwigCount;
        for (int index = 0; index < count; index++)
            Take(node.Twigs[index], isBefore);
    }

    private void AddIfDifferent(NameView before, NameView after)
    {
        if (!before.Owner.SequenceEqual(after.Owner) || !before.PackedSets.SequenceEqual(after.PackedSets))
            _names.Add((before, after));
    }

    private readonly record struct Meeting(bool IsApart, bool IsBeforeFirst, byte SymbolOfBefore, byte SymbolOfAfter);
}

using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tree;

/// <summary>Goes through the names of one version in canonical order (RFC 4034 §6.1); allocates nothing after its own creation.</summary>
public sealed class TreeWalk
{
    private readonly TreeRoot? _root;
    private readonly ulong[] _stack = new ulong[TreeCursor.StackEntries];
    private int _depth;
    private TreeNode _leaf;
    private bool _isPlaced;
    private bool _isEnded;

    internal TreeWalk(TreeRoot? root) => _root = root;

    /// <summary>The name that the walk stands on.</summary>
    public unsafe NameView Current => new(_leaf.Block);

    /// <summary>The walk itself, for <c>foreach</c>.</summary>
    public TreeWalk GetEnumerator() => this;

    /// <summary>Goes to the next name.</summary>
    public bool MoveNext()
    {
        if (_isEnded || _root is null)
            return false;
        TreeCursor cursor = new(_stack, _depth);
        bool isFirst = !_isPlaced;
        _isPlaced = true;
        bool hasName = isFirst ? cursor.First(_root.Node, out _leaf) : cursor.Next(out _leaf);
        _depth = cursor.Depth;
        _isEnded = !hasName;
        return hasName;
    }

    /// <summary>Places the walk so that the next step reaches the first name that is not before <paramref name="name"/>.</summary>
    internal TreeWalk StartAt(ReadOnlySpan<byte> name)
    {
        if (_root is null)
            return this;
        if (!WireName.IsAtOrBelow(name, _root.Origin))
        {
            _isEnded = WireName.CompareCanonical(name, _root.Origin) > 0;
            return this;
        }

        TreeCursor cursor = new(_stack, 0);
        if (!cursor.SeekCeiling(_root.Node, name, _root.OriginBytes, out _, out _))
        {
            _isEnded = true;
            return this;
        }

        // One step back, so that the first step forward lands on the name; before the very first name that is the start.
        _isPlaced = cursor.Previous(out _leaf);
        _depth = cursor.Depth;
        return this;
    }
}

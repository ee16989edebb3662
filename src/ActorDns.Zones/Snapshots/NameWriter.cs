using ActorDns.Protocol.Names;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// Writes names of one tree: collects the sets of one name, puts them when another name comes, and keeps empty non-terminals as they must
/// be (RFC 4592 §2.2.2), unless the tree is one of hashed names.
/// </summary>
internal sealed unsafe class NameWriter(ZoneTreeTransaction tree, byte[] origin, bool keepsEmptyNonTerminals)
{
    private readonly byte[] _owner = new byte[WireName.MaxBytes];
    private readonly byte[] _lastParent = new byte[WireName.MaxBytes];
    private readonly byte[] _key = new byte[TreeKey.MaxSymbols]; // The open name's: built once for all that is done with it.
    private readonly byte[] _standing = new byte[WireName.MaxBytes]; // A name with records of its own, which stays without names below.
    private int _ownerLength;
    private int _keyLength;
    private int _lastParentLength;
    private int _standingLength;
    private bool _exists;

    public ZoneTreeTransaction Tree => tree;

    public NameContent Content { get; } = new();

    /// <summary>Number of times that another name was opened.</summary>
    public long NamesLoaded { get; private set; }

    private ReadOnlySpan<byte> Owner => _owner.AsSpan(0, _ownerLength);

    /// <summary>
    /// Makes <see cref="Content"/> that of a name, as it stands with all changes before. A name keeps its case while it owns records.
    /// </summary>
    public void Open(ReadOnlySpan<byte> owner)
    {
        if (_ownerLength > 0)
        {
            if (WireName.Equal(owner, Owner))
            {
                if (Content.IsEmpty)
                    owner.CopyTo(_owner);
                return;
            }

            Flush();
        }

        NamesLoaded++;
        owner.CopyTo(_owner);
        _ownerLength = owner.Length;
        NameView name;
        fixed (byte* key = _key)
        {
            _keyLength = tree.BuildKey(owner, key);
            _exists = tree.TryFind(key, _keyLength, owner, out name);
        }

        if (_exists)
        {
            Content.Load(name);
            if (!Content.IsEmpty)
                name.Owner.CopyTo(_owner);
        }
        else
        {
            Content.Reset();
        }
    }

    /// <summary>Puts the open name into the tree.</summary>
    public void Flush()
    {
        if (_ownerLength == 0)
            return;
        if (!Content.IsChanged)
        {
            _ownerLength = 0;
            return;
        }

        if (!Content.IsEmpty)
        {
            if (!_exists && keepsEmptyNonTerminals)
                AddParents(Owner);
            fixed (byte* key = _key)
                tree.Put(key, _keyLength, Owner, Content.Pack());
        }
        else if (_exists)
        {
            RemoveOpen();
        }

        _ownerLength = 0;
    }

    private void AddParents(ReadOnlySpan<byte> owner)
    {
        if (owner.Length == origin.Length)
            return;
        ReadOnlySpan<byte> parent = WireName.Parent(owner);
        if (parent.SequenceEqual(_lastParent.AsSpan(0, _lastParentLength)))
            return;
        parent.CopyTo(_lastParent);
        _lastParentLength = parent.Length;
        while (!tree.TryFind(parent, out _))
        {
            tree.Put(parent, []);
            if (parent.Length == origin.Length)
                return;
            parent = WireName.Parent(parent);
        }
    }

    private void RemoveOpen()
    {
        fixed (byte* key = _key)
        {
            if (keepsEmptyNonTerminals && tree.HasNamesBelow(key, _keyLength))
                tree.Put(key, _keyLength, Owner, []);
            else
                tree.RemoveExisting(key);
        }

        if (keepsEmptyNonTerminals)
            RemoveIdleParents();
    }

    // An empty name stays while a name below it exists; the removal of another may leave it without reason to stay.
    private void RemoveIdleParents()
    {
        _lastParentLength = 0;
        ReadOnlySpan<byte> name = Owner;
        if (_standingLength > 0 && WireName.Equal(name, _standing.AsSpan(0, _standingLength)))
            _standingLength = 0;
        while (name.Length > origin.Length)
        {
            name = WireName.Parent(name);
            if (name.SequenceEqual(_standing.AsSpan(0, _standingLength)) || !tree.TryFind(name, out NameView parent))
                return;
            if (parent.SetCount > 0)
            {
                name.CopyTo(_standing);
                _standingLength = name.Length;
                return;
            }

            if (tree.HasNamesBelow(name))
                return;
            tree.Remove(name);
        }
    }
}

using ActorDns.Protocol.Names;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// Writes names of one tree: collects the sets of one name, puts them when another name comes, and keeps empty non-terminals as they must
/// be (RFC 4592 §2.2.2), unless the tree is one of hashed names.
/// </summary>
internal sealed class NameWriter(ZoneTreeTransaction tree, byte[] origin, bool keepsEmptyNonTerminals)
{
    private readonly byte[] _owner = new byte[WireName.MaxBytes];
    private readonly byte[] _lastParent = new byte[WireName.MaxBytes];
    private int _ownerLength;
    private int _lastParentLength;
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
        _exists = tree.TryFind(owner, out NameView name);
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
            tree.Put(Owner, Content.Pack());
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
        if (!keepsEmptyNonTerminals)
        {
            tree.Remove(Owner);
            return;
        }

        // An empty name stays while a name below it exists, and its removal may leave the name above it without reason to stay.
        _lastParentLength = 0;
        ReadOnlySpan<byte> name = Owner;
        if (HasNamesBelow(name))
        {
            tree.Put(name, []);
            return;
        }

        tree.Remove(name);
        while (name.Length > origin.Length)
        {
            name = WireName.Parent(name);
            if (!tree.TryFind(name, out NameView parent) || parent.SetCount > 0 || HasNamesBelow(name))
                return;
            tree.Remove(name);
        }
    }

    private bool HasNamesBelow(ReadOnlySpan<byte> name)
    {
        NameView next = tree.Working.After(name);
        return !next.IsNull && WireName.IsAtOrBelow(next.Owner, name);
    }
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// Makes the next version of a zone from the latest one: copies what lies on the path of a change and shares the rest. Ends with
/// <see cref="TryCommit"/> or, without effect, with <see cref="Dispose"/>. One editor of a zone at a time, by its single writer.
/// </summary>
public sealed class SnapshotEditor : IDisposable
{
    private readonly ZoneSnapshot _basis;
    private readonly RetireList _retired;
    private readonly NameWriter _names;
    private readonly byte[] _origin;
    private NameWriter? _nsec3Names;
    private bool _isEnded;

    /// <summary>Starts from the latest version, published or not.</summary>
    /// <exception cref="InvalidOperationException">Another version was made from it and not discarded.</exception>
    public SnapshotEditor(ZoneSnapshot basis)
    {
        ZoneArena arena = basis.Arena;
        if (arena.Version != basis.Version)
            throw new InvalidOperationException("the snapshot is not the zone's latest version");
        if (arena.IsGenerationExhausted && basis.Basis is null)
        {
            // Never while a version can still be discarded: what it made is told by its generation.
            basis.Names.Root!.ForgetBirths();
            basis.Nsec3Names.Root!.ForgetBirths();
            arena.ForgetBirths();
        }

        arena.BeginVersion();
        _basis = basis;
        _retired = new RetireList(arena.Version);
        _origin = basis.Names.Root!.Origin;
        _names = new NameWriter(new ZoneTreeTransaction(basis.Names, _retired), _origin, true);
    }

    // Most edits touch no hashed name.
    private NameWriter Nsec3Writer =>
        _nsec3Names ??= new NameWriter(new ZoneTreeTransaction(_basis.Nsec3Names, _retired), _origin, false);

    /// <summary>The version that the edit started from.</summary>
    public ZoneSnapshot Basis => _basis;

    /// <summary>Number of times that the content of a name was loaded; what tests count instead of time.</summary>
    internal long NamesLoaded => _names.NamesLoaded + (_nsec3Names?.NamesLoaded ?? 0);

    /// <summary>
    /// The record sets of a name as they stand, to be changed in place; they are written when another name is opened. A name whose last
    /// set goes is removed, and empty non-terminals come and go by themselves. The owner must lie in the zone.
    /// </summary>
    public NameContent Open(ReadOnlySpan<byte> owner) => Open(_names, owner);

    /// <summary>The same for the tree of NSEC3 owners, which takes NSEC3 and the signatures over it only.</summary>
    public NameContent OpenNsec3(ReadOnlySpan<byte> owner) => Open(Nsec3Writer, owner);

    /// <summary>The content that holds records of this type at a name: that of the NSEC3 tree for NSEC3 and signatures over it.</summary>
    public NameContent Open(ReadOnlySpan<byte> owner, RecordType type, ReadOnlySpan<byte> rdata) =>
        ZoneBuilder.IsHashed(type, rdata) ? OpenNsec3(owner) : Open(owner);

    /// <summary>Adds one record where it belongs; says <see cref="AddResult.OutOfZone"/> rather than assuming the contrary.</summary>
    public AddResult Add(ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        if (!WireName.IsAtOrBelow(owner, _basis.Origin.Wire))
            return AddResult.OutOfZone;
        if (type == RecordType.Soa && owner.Length != _basis.Origin.Wire.Length)
            return AddResult.SoaNotAtApex;
        return Open(owner, type, rdata).Add(type, ttl, rdata);
    }

    /// <summary>Removes one record; false when it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> owner, RecordType type, ReadOnlySpan<byte> rdata) =>
        WireName.IsAtOrBelow(owner, _basis.Origin.Wire) && Open(owner, type, rdata).Remove(type, rdata);

    /// <summary>The tree with all changes so far. It and its views end with the next change.</summary>
    public ZoneTree PeekNames()
    {
        _names.Flush();
        return _names.Tree.Working;
    }

    /// <summary>The NSEC3 tree with all changes so far. It and its views end with the next change.</summary>
    public ZoneTree PeekNsec3Names()
    {
        if (_nsec3Names is null)
            return _basis.Nsec3Names;
        _nsec3Names.Flush();
        return _nsec3Names.Tree.Working;
    }

    /// <summary>
    /// Gives the next version, or says why the changes do not leave a zone; then the editor goes on. Publish it and hand its predecessor
    /// to <see cref="SnapshotReclaimer.Retire"/>, or give it to <see cref="SnapshotReclaimer.Discard"/>.
    /// </summary>
    public bool TryCommit([NotNullWhen(true)] out ZoneSnapshot? snapshot, out ZoneBuildError error)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        _names.Flush();
        _nsec3Names?.Flush();
        snapshot = null;
        error = ZoneSnapshot.Check(_basis.Origin, _names.Tree);
        if (error != ZoneBuildError.None)
            return false;
        _isEnded = true;
        ZoneTree nsec3Names = _nsec3Names?.Tree.Commit() ?? _basis.Nsec3Names;
        snapshot = new ZoneSnapshot(_basis.Origin, _names.Tree.Commit(), nsec3Names, _basis.Arena, _retired, _basis);
        return true;
    }

    /// <summary>Undoes an edit that was not committed.</summary>
    public void Dispose()
    {
        if (_isEnded)
            return;
        _isEnded = true;
        _names.Tree.Rollback();
        _nsec3Names?.Tree.Rollback();
        _basis.Arena.AbandonVersion();
    }

    private NameContent Open(NameWriter writer, ReadOnlySpan<byte> owner)
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        Debug.Assert(WireName.IsAtOrBelow(owner, _basis.Origin.Wire));
        writer.Open(owner);
        return writer.Content;
    }
}

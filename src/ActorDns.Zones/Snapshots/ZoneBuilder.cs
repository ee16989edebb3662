using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// Makes a snapshot from records that come in any order, fastest when those of one owner come together. Owns native memory until it has
/// built a snapshot; dispose it when it has not.
/// </summary>
public sealed class ZoneBuilder : IDisposable
{
    private readonly DomainName _origin;
    private readonly ZoneArena _arena;
    private readonly RetireList _retired;
    private readonly NameWriter _names;
    private readonly NameWriter _nsec3Names;
    private bool _isBuilt;

    /// <summary>Starts a zone without records.</summary>
    public ZoneBuilder(DomainName origin)
        : this(origin, new ZoneArena { IsShared = true })
    {
    }

    internal ZoneBuilder(DomainName origin, ZoneArena arena)
    {
        Debug.Assert(arena.IsShared);
        _origin = origin;
        _arena = arena;
        arena.BeginVersion();
        _retired = new RetireList(arena.Version);
        byte[] wire = origin.Wire.ToArray();
        _names = new NameWriter(new ZoneTreeTransaction(arena, wire, default, default, _retired), wire, true);
        _nsec3Names = new NameWriter(new ZoneTreeTransaction(arena, wire, default, default, _retired), wire, false);
    }

    /// <summary>
    /// Adds one record: owner and names in rdata uncompressed, as <see cref="DomainName.Wire"/> has them. NSEC3 and the signatures over it
    /// go to a tree of their own, for their owners are not names of the zone to a query (RFC 5155 §7.2.8).
    /// </summary>
    public AddResult Add(ReadOnlySpan<byte> ownerWire, RecordType type, uint ttl, ReadOnlySpan<byte> rdata)
    {
        ObjectDisposedException.ThrowIf(_isBuilt, this);
        if (!WireName.IsAtOrBelow(ownerWire, _origin.Wire))
            return AddResult.OutOfZone;
        if (type == RecordType.Soa && ownerWire.Length != _origin.Wire.Length)
            return AddResult.SoaNotAtApex;
        NameWriter writer = IsHashed(type, rdata) ? _nsec3Names : _names;
        writer.Open(ownerWire);
        return writer.Content.Add(type, ttl, rdata);
    }

    /// <summary>Gives a set that was added another TTL; false when there is no such set.</summary>
    public bool SetTtl(ReadOnlySpan<byte> ownerWire, RecordType type, uint ttl, RecordType covered = default)
    {
        ObjectDisposedException.ThrowIf(_isBuilt, this);
        bool isHashed = type == RecordType.Nsec3 || covered == RecordType.Nsec3;
        NameWriter writer = isHashed ? _nsec3Names : _names;
        writer.Open(ownerWire);
        return writer.Content.SetTtl(type, ttl, covered);
    }

    /// <summary>Ends the work. Without success the builder goes on and more records can be added.</summary>
    public bool TryBuild([NotNullWhen(true)] out ZoneSnapshot? snapshot, out ZoneBuildError error)
    {
        ObjectDisposedException.ThrowIf(_isBuilt, this);
        _names.Flush();
        _nsec3Names.Flush();
        snapshot = null;
        error = ZoneSnapshot.Check(_origin, _names.Tree);
        if (error != ZoneBuildError.None)
            return false;
        _isBuilt = true;
        snapshot = new ZoneSnapshot(_origin, _names.Tree.Commit(), _nsec3Names.Tree.Commit(), _arena, _retired, null);
        return true;
    }

    /// <summary>Frees the memory of a zone that was not built.</summary>
    public void Dispose()
    {
        if (_isBuilt)
            return;
        _isBuilt = true;
        _arena.Dispose();
    }

    internal static bool IsHashed(RecordType type, ReadOnlySpan<byte> rdata) =>
        type == RecordType.Nsec3
        || (type == RecordType.Rrsig && BinaryPrimitives.TryReadUInt16BigEndian(rdata, out ushort covered)
            && covered == RecordType.Nsec3.Value);
}

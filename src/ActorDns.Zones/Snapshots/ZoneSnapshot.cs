using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// One immutable version of a zone. Its views are pointers: read them inside a turn of a <see cref="ReaderSlot"/> or while a
/// <see cref="SnapshotLease"/> is held.
/// </summary>
public sealed class ZoneSnapshot
{
    private const int SoaNumbersBytes = 20;
    private const int SmallestSoaBytes = SoaNumbersBytes + 2;

    private int _pins;

    internal ZoneSnapshot(
        DomainName origin, ZoneTree names, ZoneTree nsec3Names, ZoneArena arena, RetireList retired, ZoneSnapshot? basis)
    {
        Origin = origin;
        Names = names;
        Nsec3Names = nsec3Names;
        Arena = arena;
        Retired = retired;
        Basis = basis;
        Bytes = arena.BytesInUse;
        names.TryFind(origin.Wire, out NameView apex);
        Apex = apex;
        apex.TryFind(RecordType.Soa, out RecordSetView soa);
        Soa = soa;
        ReadOnlySpan<byte> rdata = soa.First;
        Serial = new Serial(BinaryPrimitives.ReadUInt32BigEndian(rdata[^SoaNumbersBytes..]));
        NegativeTtl = Math.Min(soa.Ttl, BinaryPrimitives.ReadUInt32BigEndian(rdata[^sizeof(uint)..]));
        IsSigned = soa.TryGetSignatures(out _);
        if (nsec3Names.NameCount > 0
            && apex.TryFind(RecordType.Nsec3Param, out RecordSetView parameters)
            && Nsec3Parameters.TryTake(parameters, out Nsec3Parameters taken))
        {
            UsesNsec3 = true;
            Nsec3Parameters = taken;
        }
    }

    /// <summary>The name of the zone.</summary>
    public DomainName Origin { get; }

    /// <summary>The SOA's serial.</summary>
    public Serial Serial { get; }

    /// <summary>All names but the hashed ones, empty non-terminals included.</summary>
    public ZoneTree Names { get; }

    /// <summary>The owners of NSEC3, with NSEC3 and the signatures over it only (RFC 5155 §7.2.8).</summary>
    public ZoneTree Nsec3Names { get; }

    /// <summary>The origin's own name; always there.</summary>
    public NameView Apex { get; }

    /// <summary>The SOA; always there.</summary>
    public RecordSetView Soa { get; }

    /// <summary>How long a negative answer may be kept, in seconds: the lesser of the SOA's TTL and MINIMUM (RFC 2308 §5).</summary>
    public uint NegativeTtl { get; }

    /// <summary>True when some owner starts with the label <c>*</c>.</summary>
    public bool HasWildcards => Names.Root!.Counts.Wildcards > 0;

    /// <summary>True when the zone has a zone cut.</summary>
    public bool HasDelegations => Names.Root!.Counts.Delegations > 0;

    /// <summary>True when some name owns DNAME.</summary>
    public bool HasDnames => Names.Root!.Counts.Dnames > 0;

    /// <summary>True when the SOA is signed.</summary>
    public bool IsSigned { get; }

    /// <summary>True when denials are to be proven by NSEC3: there are such records and a usable NSEC3PARAM (RFC 5155 §4).</summary>
    public bool UsesNsec3 { get; }

    /// <summary>The parameters of the zone's NSEC3 chain, when <see cref="UsesNsec3"/>.</summary>
    public Nsec3Parameters Nsec3Parameters { get; }

    /// <summary>Number of records, those of hashed names included.</summary>
    public long RecordCount => Names.Root!.Counts.Records + Nsec3Names.Root!.Counts.Records;

    /// <summary>Number of names, empty non-terminals and hashed names included.</summary>
    public long NameCount => (long)Names.NameCount + Nsec3Names.NameCount;

    /// <summary>Octets of native memory in use by the zone when this version was made, older versions still held included.</summary>
    public long Bytes { get; }

    /// <summary>
    /// The changes that led here, as far as they are kept in memory; null without any. Set by the zone's writer before it publishes.
    /// </summary>
    public ChangeHistory? History { get; set; }

    /// <summary>
    /// False now and then, when the next version can be made only after this one was published: the zone's memory starts to number anew.
    /// </summary>
    public bool MayBeFollowedUnpublished => !Arena.IsGenerationExhausted;

    internal ZoneArena Arena { get; }

    /// <summary>The number of this version in its arena.</summary>
    internal long Version => Names.Root!.Version;

    /// <summary>What this version replaced in the one before it; handed to the reclaimer.</summary>
    internal RetireList? Retired { get; set; }

    /// <summary>The version that this one was made from, until it is published.</summary>
    internal ZoneSnapshot? Basis { get; set; }

    /// <summary>True once the version took part in <see cref="SnapshotReclaimer.Retire"/>.</summary>
    internal bool IsPublished { get; set; }

    /// <summary>Number of leases held on this version; negative when none can be had any more.</summary>
    internal int Pins => Volatile.Read(ref _pins);

    internal static ZoneBuildError Check(DomainName origin, ZoneTreeTransaction names)
    {
        if (!names.TryFind(origin.Wire, out NameView apex) || !apex.TryFind(RecordType.Soa, out RecordSetView soa))
            return ZoneBuildError.NoSoa;
        if (soa.First.Length < SmallestSoaBytes)
            return ZoneBuildError.BadSoa;
        if (!apex.TryFind(RecordType.Ns, out _))
            return ZoneBuildError.NoNs;
        return apex.TryFind(RecordType.Nsec3Param, out RecordSetView parameters) && !Nsec3Parameters.HasKnownAlgorithm(parameters)
            ? ZoneBuildError.UnknownNsec3Hash
            : ZoneBuildError.None;
    }

    /// <summary>Adds a lease unless the version was given up.</summary>
    internal bool TryPin()
    {
        while (true)
        {
            int pins = Volatile.Read(ref _pins);
            if (pins < 0)
                return false;
            if (Interlocked.CompareExchange(ref _pins, pins + 1, pins) == pins)
                return true;
        }
    }

    internal void Unpin() => Interlocked.Decrement(ref _pins);

    /// <summary>Gives a version up that no lease holds; from then on none can be had.</summary>
    internal bool TryGiveUp() => Interlocked.CompareExchange(ref _pins, -1, 0) == 0;
}

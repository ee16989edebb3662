using System.Diagnostics;
using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Tree;

/// <summary>
/// How a name and its record sets are packed: u32 octets in all, u8 octets of owner, u8 traits, u16 sets; the owner; the sets. A set is
/// u16 type, u16 records, u32 TTL, then, unless it has exactly one record, u32 octets of records; then for each record its length
/// (big-endian) and rdata. Sets stand in the order of <see cref="SetOrder"/>. Numbers are in the machine's order but for rdata lengths.
/// </summary>
internal static unsafe class NameBlock
{
    public const int HeaderBytes = 8;
    public const int SetHeaderBytes = 8;
    public const int ManyHeaderBytes = SetHeaderBytes + sizeof(uint);

    public static int Length(byte* block) => Unsafe.ReadUnaligned<int>(block);

    public static int OwnerLength(byte* block) => block[4];

    public static NameTraits Traits(byte* block) => (NameTraits)block[5];

    public static int SetCount(byte* block) => Unsafe.ReadUnaligned<ushort>(block + 6);

    public static ReadOnlySpan<byte> Owner(byte* block) => new(block + HeaderBytes, block[4]);

    public static byte* Sets(byte* block) => block + HeaderBytes + block[4];

    /// <summary>Octets that a block of this content takes.</summary>
    public static int Measure(ReadOnlySpan<byte> owner, ReadOnlySpan<byte> packedSets) =>
        checked(HeaderBytes + owner.Length + packedSets.Length);

    /// <summary>Fills a block and returns the traits that follow from its content.</summary>
    public static NameTraits Write(byte* block, ReadOnlySpan<byte> owner, ReadOnlySpan<byte> packedSets, bool isApex)
    {
        Debug.Assert(WireName.IsWellFormed(owner));
        int length = Measure(owner, packedSets);
        Unsafe.WriteUnaligned(block, length);
        block[4] = (byte)owner.Length;
        owner.CopyTo(new Span<byte>(block + HeaderBytes, owner.Length));
        packedSets.CopyTo(new Span<byte>(block + HeaderBytes + owner.Length, packedSets.Length));
        NameTraits traits = isApex ? NameTraits.Apex : NameTraits.None;
        if (WireName.IsWildcard(owner))
            traits |= NameTraits.Wildcard;
        int sets = 0;
        for (byte* set = Sets(block); set < block + length; set = NextSet(set))
        {
            sets++;
            traits |= TraitsOf(SetType(set), isApex);
        }

        if (sets == 0)
            traits |= NameTraits.EmptyNonTerminal;
        block[5] = (byte)traits;
        Unsafe.WriteUnaligned(block + 6, (ushort)sets);
        return traits;
    }

    /// <summary>Records in all sets of a block.</summary>
    public static int RecordCount(byte* block)
    {
        int records = 0;
        byte* end = block + Length(block);
        for (byte* set = Sets(block); set < end; set = NextSet(set))
            records += SetRecords(set);
        return records;
    }

    public static ushort SetType(byte* set) => Unsafe.ReadUnaligned<ushort>(set);

    public static int SetRecords(byte* set) => Unsafe.ReadUnaligned<ushort>(set + 2);

    public static uint SetTtl(byte* set) => Unsafe.ReadUnaligned<uint>(set + 4);

    public static byte* Records(byte* set) => set + (SetRecords(set) == 1 ? SetHeaderBytes : ManyHeaderBytes);

    public static int RecordsLength(byte* set) =>
        SetRecords(set) == 1
            ? sizeof(ushort) + RdataLength(set + SetHeaderBytes)
            : Unsafe.ReadUnaligned<int>(set + SetHeaderBytes);

    public static byte* NextSet(byte* set) => Records(set) + RecordsLength(set);

    public static int RdataLength(byte* record) => (record[0] << 8) | record[1];

    /// <summary>The type that an RRSIG set covers, from its first record (RFC 4034 §3.1.1); 0 for other sets.</summary>
    public static ushort Covered(byte* set)
    {
        if (SetType(set) != RecordType.Rrsig.Value)
            return 0;
        byte* record = Records(set);
        return RdataLength(record) < sizeof(ushort) ? (ushort)0 : (ushort)((record[2] << 8) | record[3]);
    }

    /// <summary>Sets sort by type; one of signatures follows the type that it covers.</summary>
    public static int SetOrder(ushort type, ushort covered) =>
        type == RecordType.Rrsig.Value ? (covered << 1) | 1 : type << 1;

    private static NameTraits TraitsOf(ushort type, bool isApex) =>
        type == RecordType.Ns.Value && !isApex ? NameTraits.Delegation
        : type == RecordType.Cname.Value ? NameTraits.Cname
        : type == RecordType.Dname.Value ? NameTraits.Dname
        : NameTraits.None;
}

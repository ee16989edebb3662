using ActorDns.Protocol.Registries;

namespace ActorDns.Server.Pipeline;

/// <summary>The query types that are counted apart; a stranger cannot make more of them.</summary>
public static class CountedTypes
{
    private static readonly RecordType[] Known =
    [
        RecordType.A, RecordType.Aaaa, RecordType.Any, RecordType.Axfr, RecordType.Caa, RecordType.Cname, RecordType.Dnskey, RecordType.Ds,
        RecordType.Https, RecordType.Ixfr, RecordType.Mx, RecordType.Naptr, RecordType.Ns, RecordType.Ptr, RecordType.Soa, RecordType.Srv,
        RecordType.Svcb, RecordType.Tlsa, RecordType.Txt,
    ];

    private static readonly byte[] Slots = MakeSlots();

    /// <summary>How many places there are; the first is for all other types.</summary>
    public const int Count = 20;

    /// <summary>What is counted in a place: a type's mnemonic, or <c>other</c>.</summary>
    public static string NameOf(int slot) => slot == 0 ? "other" : Known[slot - 1].ToString();

    /// <summary>The place of a type.</summary>
    internal static int SlotOf(RecordType type) => type.Value < Slots.Length ? Slots[type.Value] : 0;

    private static byte[] MakeSlots()
    {
        byte[] slots = new byte[Known.Max(static type => type.Value) + 1];
        for (int i = 0; i < Known.Length; i++)
            slots[Known[i].Value] = (byte)(i + 1);
        return slots;
    }
}

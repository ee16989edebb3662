using System.Buffers;
using System.Numerics;
using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Updates;

/// <summary>The order in which the records of an update section are taken: name by name, those of one name in their own order.</summary>
internal static class UpdateOrder
{
    private const int StackEntries = 512;

    /// <summary>The place of a record in the message, from what <see cref="NameByName"/> gives.</summary>
    public static int PlaceOf(long entry) => (int)(entry & uint.MaxValue);

    /// <summary>True when both entries are of one owner.</summary>
    public static bool IsSameName(long entry, long other) => entry >> 32 == other >> 32;

    /// <summary>The places of the records, sorted: in the high half is the first place of the owner.</summary>
    public static long[] NameByName(ReadOnlySpan<UpdateRecord> updates)
    {
        // A hash table of places, 1 for the first: names are compared where they lie.
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)updates.Length * 2);
        int[]? rented = size > StackEntries ? ArrayPool<int>.Shared.Rent(size) : null;
        Span<int> table = (rented ?? stackalloc int[StackEntries])[..size];
        table.Clear();
        long[] entries = new long[updates.Length];
        bool isSorted = true;
        for (int index = 0; index < updates.Length; index++)
        {
            bool isRepeated = index > 0 && WireName.Equal(updates[index].Owner, updates[index - 1].Owner);
            long first = isRepeated ? entries[index - 1] >> 32 : FirstPlace(table, updates, index);
            entries[index] = (first << 32) | (uint)index;
            isSorted &= index == 0 || entries[index - 1] < entries[index];
        }

        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
        if (!isSorted)
            Array.Sort(entries);
        return entries;
    }

    private static int FirstPlace(Span<int> table, ReadOnlySpan<UpdateRecord> updates, int index)
    {
        ReadOnlySpan<byte> owner = updates[index].Owner;
        int slot = (int)WireName.Hash(owner) & (table.Length - 1);
        for (; table[slot] != 0; slot = (slot + 1) & (table.Length - 1))
        {
            if (WireName.Equal(updates[table[slot] - 1].Owner, owner))
                return table[slot] - 1;
        }

        table[slot] = index + 1;
        return index;
    }
}

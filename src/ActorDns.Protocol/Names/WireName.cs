using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ActorDns.Protocol.Names;

/// <summary>
/// Functions over names in uncompressed wire form (RFC 1035 §3.1): labels, each a length octet and its octets, ended by the
/// root's zero. They allocate nothing; a span that is not a well-formed name is the caller's mistake, not the network's.
/// </summary>
public static class WireName
{
    /// <summary>Longest name in octets, the root's zero included (RFC 1035 §2.3.4).</summary>
    public const int MaxBytes = 255;

    /// <summary>Longest label in octets (RFC 1035 §2.3.4).</summary>
    public const int MaxLabelBytes = 63;

    /// <summary>Most labels that a name can have, the root not counted.</summary>
    public const int MaxLabels = 127;

    /// <summary>The root name.</summary>
    public static ReadOnlySpan<byte> Root => [0];

    private const uint EmptyHash = 2166136261;
    private const ulong CaseBits = 0x2020_2020_2020_2020;
    private const ulong MixFactor = 0x9E37_79B9_7F4A_7C15; // 2^64 over the golden ratio, made odd.

    private static readonly byte[] FoldTable = MakeFoldTable();

    /// <summary>One octet in lower case, ASCII only (RFC 4343 §3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Fold(byte octet) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(FoldTable), octet);

    /// <summary>Octets of the name that starts <paramref name="name"/>, the root's zero included; 0 when it is cut short.</summary>
    public static int LengthOf(ReadOnlySpan<byte> name)
    {
        int at = 0;
        while ((uint)at < (uint)name.Length)
        {
            int label = name[at];
            if (label == 0)
                return at + 1;
            at += label + 1;
        }

        return 0;
    }

    /// <summary>Number of labels, the root not counted.</summary>
    public static int LabelCount(ReadOnlySpan<byte> name)
    {
        int count = 0;
        for (int at = 0; name[at] != 0; at += name[at] + 1)
            count++;
        return count;
    }

    /// <summary>The name without its first label; the root stays the root.</summary>
    public static ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> name) => name[0] == 0 ? name : name[(name[0] + 1)..];

    /// <summary>True when the first label is the single octet <c>*</c> (RFC 4592 §2.1.1).</summary>
    public static bool IsWildcard(ReadOnlySpan<byte> name) => name.Length > 2 && name[0] == 1 && name[1] == (byte)'*';

    /// <summary>Equality without regard to ASCII case (RFC 4343 §3).</summary>
    public static bool Equal(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        // Length octets are at most 63 and so below 'A': folding the whole span folds labels only.
        if (a.Length != b.Length)
            return false;
        if (Vector128.IsHardwareAccelerated && a.Length >= Vector128<byte>.Count)
        {
            int last = a.Length - Vector128<byte>.Count;
            for (int at = 0; at < last; at += Vector128<byte>.Count)
            {
                if (!EqualVectors(a[at..], b[at..]))
                    return false;
            }

            return EqualVectors(a[last..], b[last..]); // It may look at some octets again, which is less than one by one.
        }

        for (int at = 0; at < a.Length; at++)
        {
            if (Fold(a[at]) != Fold(b[at]))
                return false;
        }

        return true;
    }

    /// <summary>Hash that agrees with <see cref="Equal"/>.</summary>
    public static uint Hash(ReadOnlySpan<byte> name) => (uint)((MixIn(EmptyHash, name) * MixFactor) >> 32);

    /// <summary>
    /// Hashes every end of a name, without regard to case: <paramref name="hashes"/>[i] is that of the part that starts at label i,
    /// which starts at octet <paramref name="starts"/>[i]. Both need <see cref="MaxLabels"/> places. Returns the number of labels.
    /// </summary>
    public static int HashEnds(ReadOnlySpan<byte> name, Span<byte> starts, Span<uint> hashes)
    {
        int count = LabelStarts(name, starts);
        ulong hash = EmptyHash;
        int end = name.Length - 1;
        for (int label = count - 1; label >= 0; label--)
        {
            int start = starts[label];
            hash = MixIn(hash, name[start..end]);
            hashes[label] = (uint)((hash * MixFactor) >> 32);
            end = start;
        }

        return count;
    }

    /// <summary>True when <paramref name="name"/> is <paramref name="ancestor"/> or lies below it (RFC 9499 §7).</summary>
    public static bool IsAtOrBelow(ReadOnlySpan<byte> name, ReadOnlySpan<byte> ancestor)
    {
        int skip = name.Length - ancestor.Length;
        if (skip < 0)
            return false;
        int at = 0;
        while (at < skip)
            at += name[at] + 1;
        return at == skip && Equal(name[skip..], ancestor);
    }

    /// <summary>Number of labels, the root not counted, that both names share from the right.</summary>
    public static int CommonLabels(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Span<byte> startsA = stackalloc byte[MaxLabels + 1];
        Span<byte> startsB = stackalloc byte[MaxLabels + 1];
        int countA = LabelStarts(a, startsA);
        int countB = LabelStarts(b, startsB);
        int common = 0;
        while (common < countA && common < countB)
        {
            ReadOnlySpan<byte> labelA = LabelAt(a, startsA[countA - 1 - common]);
            ReadOnlySpan<byte> labelB = LabelAt(b, startsB[countB - 1 - common]);
            if (!Equal(labelA, labelB))
                break;
            common++;
        }

        return common;
    }

    /// <summary>Canonical order (RFC 4034 §6.1): labels from the right, octet by octet in lower case, a missing octet first.</summary>
    public static int CompareCanonical(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Span<byte> startsA = stackalloc byte[MaxLabels + 1];
        Span<byte> startsB = stackalloc byte[MaxLabels + 1];
        int countA = LabelStarts(a, startsA);
        int countB = LabelStarts(b, startsB);
        for (int label = 1; label <= countA && label <= countB; label++)
        {
            ReadOnlySpan<byte> labelA = LabelAt(a, startsA[countA - label])[1..];
            ReadOnlySpan<byte> labelB = LabelAt(b, startsB[countB - label])[1..];
            int shared = Math.Min(labelA.Length, labelB.Length);
            for (int at = 0; at < shared; at++)
            {
                int difference = Fold(labelA[at]) - Fold(labelB[at]);
                if (difference != 0)
                    return difference;
            }

            if (labelA.Length != labelB.Length)
                return labelA.Length - labelB.Length;
        }

        return countA - countB;
    }

    /// <summary>Writes the offsets at which labels start, the root's left out, and returns how many there are.</summary>
    public static int LabelStarts(ReadOnlySpan<byte> name, Span<byte> starts)
    {
        int count = 0;
        for (int at = 0; name[at] != 0; at += name[at] + 1)
            starts[count++] = (byte)at;
        return count;
    }

    /// <summary>Copies a name in lower case, as signatures and digests need it (RFC 4034 §6.2).</summary>
    public static void CopyFolded(ReadOnlySpan<byte> name, Span<byte> destination)
    {
        for (int at = 0; at < name.Length; at++)
            destination[at] = Fold(name[at]);
    }

    /// <summary>True when <paramref name="name"/> is exactly one well-formed uncompressed name.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxBytes)
            return false;
        int at = 0;
        while (at < name.Length)
        {
            int label = name[at];
            if (label > MaxLabelBytes)
                return false;
            at += label + 1;
            if (label == 0)
                return at == name.Length;
        }

        return false;
    }

    /// <summary>
    /// Takes up to eight octets a step. Case is forgotten by setting its bit in every octet: that also makes some names alike that
    /// differ, which a hash may do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MixIn(ulong hash, ReadOnlySpan<byte> octets)
    {
        while (octets.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(octets));
            octets = octets[sizeof(ulong)..];
        }

        if (octets.Length >= sizeof(uint))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(octets));
            octets = octets[sizeof(uint)..];
        }

        foreach (byte octet in octets)
            hash = Mix(hash, octet);
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong octets)
    {
        // What a product knows best is in its high half; folding it down lets the next product spread it.
        hash = (hash ^ (octets | CaseBits)) * MixFactor;
        return hash ^ (hash >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EqualVectors(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        FoldVector(Vector128.Create(a)) == FoldVector(Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> FoldVector(Vector128<byte> octets)
    {
        Vector128<byte> isUpper = Vector128.LessThan(
            octets - Vector128.Create((byte)'A'), Vector128.Create((byte)26));
        return octets | (isUpper & Vector128.Create((byte)0x20));
    }

    private static ReadOnlySpan<byte> LabelAt(ReadOnlySpan<byte> name, int start) => name.Slice(start, name[start] + 1);

    private static byte[] MakeFoldTable()
    {
        byte[] table = new byte[256];
        for (int octet = 0; octet < table.Length; octet++)
            table[octet] = (byte)(octet is >= 'A' and <= 'Z' ? octet | 0x20 : octet);
        return table;
    }
}

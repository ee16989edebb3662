using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// Canonical order of the rdata of one type, given uncompressed: octets from the left, names in the types that RFC 4034 §6.2 lists (less
/// NSEC, RFC 6840 §5.1) in lower case, a missing octet first (RFC 4034 §6.3).
/// </summary>
internal static class RdataOrder
{
    /// <summary>Less than, equal to or greater than 0. Equal rdata is the same record.</summary>
    public static int Compare(ushort type, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length - right.Length;
        if (!HasNames(type))
            return left[same] - right[same];
        (int leftStart, int leftEnd) = NameRange(type, left);
        (int rightStart, int rightEnd) = NameRange(type, right);
        int shared = Math.Min(left.Length, right.Length);
        for (int at = same; at < shared; at++)
        {
            // Length octets are below 'A', so that folding the range folds the labels' octets only.
            int a = at >= leftStart && at < leftEnd ? WireName.Fold(left[at]) : left[at];
            int b = at >= rightStart && at < rightEnd ? WireName.Fold(right[at]) : right[at];
            if (a != b)
                return a - b;
        }

        return left.Length - right.Length;
    }

    private static bool HasNames(ushort type) => type is
        (>= 2 and <= 9) or 12 or 14 or 15 or 17 or 18 or 21 or 24 or 26 or 30 or 33 or 35 or 36 or 39 or 46;

    private static (int Start, int End) NameRange(ushort type, ReadOnlySpan<byte> rdata)
    {
        int start = type switch
        {
            15 or 18 or 21 or 26 or 36 => 2, // MX, AFSDB, RT, PX and KX open with a 16-bit number.
            33 => 6, // SRV: priority, weight, port.
            24 or 46 => 18, // SIG and RRSIG: what stands before the signer's name.
            35 => AfterStrings(rdata, 4, 3), // NAPTR: order, preference and three strings.
            _ => 0,
        };
        int names = type is 6 or 14 or 17 or 26 ? 2 : 1;
        int end = start;
        while (names-- > 0 && end < rdata.Length)
        {
            int length = WireName.LengthOf(rdata[end..]);
            if (length == 0)
                return (start, rdata.Length);
            end += length;
        }

        return (start, end);
    }

    private static int AfterStrings(ReadOnlySpan<byte> rdata, int at, int strings)
    {
        while (strings-- > 0 && at < rdata.Length)
            at += rdata[at] + 1;
        return Math.Min(at, rdata.Length);
    }
}

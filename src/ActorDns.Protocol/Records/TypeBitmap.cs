using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Records;

/// <summary>Type bit maps of NSEC, NSEC3 and CSYNC (RFC 4034 §4.1.2), read in place and written.</summary>
public static class TypeBitmap
{
    private const int WindowBytes = 32;
    private const int WindowTypes = 256;
    private const int HeaderBytes = 2;

    /// <summary>Most octets of one window with its header.</summary>
    public const int MaxWindowBytes = HeaderBytes + WindowBytes;

    /// <summary>Most octets of a bit map: 256 windows.</summary>
    public const int MaxBytes = WindowTypes * MaxWindowBytes;

    /// <summary>True when a valid bit map has the bit of <paramref name="type"/>.</summary>
    public static bool Contains(ReadOnlySpan<byte> bitmap, RecordType type)
    {
        int window = type.Value >> 8;
        int octet = (type.Value & 0xFF) >> 3;
        for (int at = 0; at + 2 < bitmap.Length && bitmap[at] <= window; at += bitmap[at + 1] + 2)
        {
            if (bitmap[at] == window)
                return octet < bitmap[at + 1] && (bitmap[at + 2 + octet] & (0x80 >> (type.Value & 7))) != 0;
        }

        return false;
    }

    /// <summary>
    /// Writes the bit map of <paramref name="types"/>, in any order and with doubles, and returns its octets. Room for
    /// <see cref="MaxWindowBytes"/> per type, or <see cref="MaxBytes"/>, is always enough.
    /// </summary>
    public static int Write(ReadOnlySpan<RecordType> types, Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[WindowBytes];
        int written = 0;
        for (int window = NextWindow(types, 0); window < WindowTypes; window = NextWindow(types, window + 1))
        {
            block.Clear();
            foreach (RecordType type in types)
            {
                if (type.Value >> 8 == window)
                    block[(type.Value & 0xFF) >> 3] |= (byte)(0x80 >> (type.Value & 7));
            }

            int length = block.LastIndexOfAnyExcept((byte)0) + 1;
            destination[written] = (byte)window;
            destination[written + 1] = (byte)length;
            block[..length].CopyTo(destination[(written + HeaderBytes)..]);
            written += HeaderBytes + length;
        }

        return written;
    }

    private static int NextWindow(ReadOnlySpan<RecordType> types, int from)
    {
        int next = WindowTypes;
        foreach (RecordType type in types)
        {
            int window = type.Value >> 8;
            if (window >= from && window < next)
                next = window;
        }

        return next;
    }

    /// <summary>True when <paramref name="bitmap"/> has ascending windows of 1 to 32 octets that end in a set bit.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<byte> bitmap)
    {
        int at = 0;
        int lastWindow = -1;
        while (at < bitmap.Length)
        {
            if (bitmap.Length - at < 3)
                return false;
            int window = bitmap[at];
            int length = bitmap[at + 1];
            if (window <= lastWindow || length is 0 or > WindowBytes || bitmap.Length - at - 2 < length)
                return false;
            at += 2 + length;
            if (bitmap[at - 1] == 0)
                return false;
            lastWindow = window;
        }

        return true;
    }
}

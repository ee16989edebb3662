using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Tree;

/// <summary>
/// The key of a name relative to its zone's origin: labels from the right, octets in lower case as one symbol (those of host names) or
/// two, then a label end; after the last label a key end. Both ends sort lowest, so that symbol order is canonical order
/// (RFC 4034 §6.1) and a name's own leaf comes before all names below it.
/// </summary>
internal static unsafe class TreeKey
{
    public const int SymbolCount = 48;
    public const byte KeyEnd = 0;
    public const byte LabelEnd = 1;

    /// <summary>
    /// Room for the longest key: 250 octets in four labels below the root make 505 symbols; two octets are written per step.
    /// </summary>
    public const int MaxSymbols = 512;

    private const byte FirstOctetSymbol = 2;
    private const int OctetSymbolCount = SymbolCount - FirstOctetSymbol;

    private static readonly ushort[] Symbols = MakeSymbols();

    /// <summary>Writes the key and returns its length, 0 when the name does not end where the origin's labels begin.</summary>
    [SkipLocalsInit]
    public static int Build(ReadOnlySpan<byte> name, int originBytes, byte* key)
    {
        Debug.Assert(name.Length <= WireName.MaxBytes);
        int relative = name.Length - originBytes;
        if (relative < 0)
            return 0;
        byte* starts = stackalloc byte[WireName.MaxLabels + 1];
        int labels = 0;
        int at = 0;
        ref byte octets = ref MemoryMarshal.GetReference(name);
        while (at < relative)
        {
            starts[labels++] = (byte)at;
            at += Unsafe.Add(ref octets, at) + 1;
        }

        if (at != relative)
            return 0;
        ref ushort symbols = ref MemoryMarshal.GetArrayDataReference(Symbols);
        byte* next = key;
        while (--labels >= 0)
        {
            at = starts[labels];
            int end = at + Unsafe.Add(ref octets, at);
            while (++at <= end)
            {
                int pair = Unsafe.Add(ref symbols, Unsafe.Add(ref octets, at));
                next[0] = (byte)pair;
                next[1] = (byte)(pair >> 8);
                next += pair > 0xFF ? 2 : 1;
            }

            *next++ = LabelEnd;
        }

        *next++ = KeyEnd;
        int length = (int)(next - key);
        Debug.Assert(length < MaxSymbols);
        return length;
    }

    /// <summary>Offset of the first symbol in which two different keys differ.</summary>
    public static int Divergence(byte* left, int leftLength, byte* right, int rightLength) =>
        new ReadOnlySpan<byte>(left, leftLength).CommonPrefixLength(new ReadOnlySpan<byte>(right, rightLength));

    private static ushort[] MakeSymbols()
    {
        ushort[] table = new ushort[256];
        int symbol = FirstOctetSymbol;
        int rare = 0;
        for (int octet = 0; octet < table.Length; octet++)
        {
            if (octet is >= 'A' and <= 'Z')
                continue;
            if (octet is '-' or '.' or '/' or '_' or '`' or (>= '0' and <= '9') or (>= 'a' and <= 'z'))
            {
                // A run of rare octets that came before owns the symbol it used; the next free one is this octet's.
                symbol += rare > 0 ? 1 : 0;
                rare = 0;
                table[octet] = (ushort)symbol++;
                continue;
            }

            if (rare == OctetSymbolCount)
            {
                symbol++;
                rare = 0;
            }

            table[octet] = (ushort)(symbol | ((FirstOctetSymbol + rare++) << 8));
        }

        Debug.Assert(symbol < SymbolCount);
        for (int upper = 'A'; upper <= 'Z'; upper++)
            table[upper] = table[upper | 0x20];
        return table;
    }
}

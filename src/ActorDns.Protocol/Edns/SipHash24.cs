using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActorDns.Protocol.Edns;

/// <summary>SipHash-2-4 with a 64-bit result, the keyed hash of server cookies (RFC 9018 §4.4).</summary>
public static class SipHash24
{
    /// <summary>Octets of a key.</summary>
    public const int KeyBytes = 16;

    /// <summary>Hashes <paramref name="input"/> under a key of <see cref="KeyBytes"/> octets; written in little-endian order.</summary>
    public static ulong Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input) => Hash(
        BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]), input);

    /// <summary>Hashes <paramref name="input"/> under the two halves of a key.</summary>
    public static ulong Hash(ulong keyLow, ulong keyHigh, ReadOnlySpan<byte> input)
    {
        // The four constants are the ASCII octets of "somepseudorandomlygeneratedbytes".
        ulong a = keyLow ^ 0x736F6D6570736575UL;
        ulong b = keyHigh ^ 0x646F72616E646F6DUL;
        ulong c = keyLow ^ 0x6C7967656E657261UL;
        ulong d = keyHigh ^ 0x7465646279746573UL;
        ReadOnlySpan<byte> rest = input;
        while (rest.Length >= sizeof(ulong))
        {
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(rest), ref a, ref b, ref c, ref d);
            rest = rest[sizeof(ulong)..];
        }

        ulong last = (ulong)input.Length << 56;
        for (int at = 0; at < rest.Length; at++)
            last |= (ulong)rest[at] << (8 * at);
        Absorb(last, ref a, ref b, ref c, ref d);
        c ^= 0xFF;
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        return a ^ b ^ c ^ d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(ulong word, ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        d ^= word;
        Round(ref a, ref b, ref c, ref d);
        Round(ref a, ref b, ref c, ref d);
        a ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        a += b;
        b = BitOperations.RotateLeft(b, 13) ^ a;
        a = BitOperations.RotateLeft(a, 32);
        c += d;
        d = BitOperations.RotateLeft(d, 16) ^ c;
        a += d;
        d = BitOperations.RotateLeft(d, 21) ^ a;
        c += b;
        b = BitOperations.RotateLeft(b, 17) ^ c;
        c = BitOperations.RotateLeft(c, 32);
    }
}

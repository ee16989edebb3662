using System.Buffers.Binary;
using System.Numerics;

namespace ActorDns.Protocol.Security;

/// <summary>
/// SHA-224 (FIPS 180-4 §6.3) in managed code, because the base class library has none. Used only where
/// the native library is missing.
/// </summary>
internal sealed class Sha224
{
    private const int BlockBytes = 64;
    private const int DigestWords = 7;

    // FIPS 180-4 §4.2.2: the fractional parts of the cube roots of the first 64 primes.
    private static readonly uint[] RoundConstants = MakeRoundConstants();

    private readonly uint[] _state = new uint[8];
    private readonly uint[] _schedule = new uint[64];
    private readonly byte[] _block = new byte[BlockBytes];
    private int _pending;
    private ulong _totalBytes;

    public Sha224() => Reset();

    public void Reset()
    {
        // FIPS 180-4 §5.3.2.
        ReadOnlySpan<uint> initial =
        [
            0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4,
        ];
        initial.CopyTo(_state);
        _pending = 0;
        _totalBytes = 0;
    }

    public void Append(ReadOnlySpan<byte> input)
    {
        _totalBytes += (ulong)input.Length;
        while (!input.IsEmpty)
        {
            int taken = Math.Min(input.Length, BlockBytes - _pending);
            input[..taken].CopyTo(_block.AsSpan(_pending));
            _pending += taken;
            input = input[taken..];
            if (_pending == BlockBytes)
                Compress();
        }
    }

    /// <summary>Writes the 28 octets of the digest and starts anew.</summary>
    public void Finish(Span<byte> digest)
    {
        ulong totalBits = _totalBytes * 8;
        _block[_pending++] = 0x80;
        if (_pending > BlockBytes - sizeof(ulong))
        {
            _block.AsSpan(_pending).Clear();
            Compress();
        }

        _block.AsSpan(_pending).Clear();
        BinaryPrimitives.WriteUInt64BigEndian(_block.AsSpan(BlockBytes - sizeof(ulong)), totalBits);
        Compress();
        for (int word = 0; word < DigestWords; word++)
            BinaryPrimitives.WriteUInt32BigEndian(digest[(word * 4)..], _state[word]);
        Reset();
    }

    private void Compress()
    {
        uint[] w = _schedule;
        for (int t = 0; t < 16; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(t * 4));
        for (int t = 16; t < 64; t++)
        {
            uint s0 = BitOperations.RotateRight(w[t - 15], 7) ^ BitOperations.RotateRight(w[t - 15], 18) ^ (w[t - 15] >> 3);
            uint s1 = BitOperations.RotateRight(w[t - 2], 17) ^ BitOperations.RotateRight(w[t - 2], 19) ^ (w[t - 2] >> 10);
            w[t] = w[t - 16] + s0 + w[t - 7] + s1;
        }

        Span<uint> v = stackalloc uint[8];
        _state.CopyTo(v);
        for (int t = 0; t < 64; t++)
        {
            uint big1 = BitOperations.RotateRight(v[4], 6)
                ^ BitOperations.RotateRight(v[4], 11)
                ^ BitOperations.RotateRight(v[4], 25);
            uint choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            uint t1 = v[7] + big1 + choice + RoundConstants[t] + w[t];
            uint big0 = BitOperations.RotateRight(v[0], 2)
                ^ BitOperations.RotateRight(v[0], 13)
                ^ BitOperations.RotateRight(v[0], 22);
            uint majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
            v[..7].CopyTo(v[1..]);
            v[4] += t1;
            v[0] = t1 + big0 + majority;
        }

        for (int word = 0; word < 8; word++)
            _state[word] += v[word];
        _pending = 0;
    }

    // Bisection in big integers: floor(2^32 * cbrt(p)) comes out exact, where floating point would be a matter of trust.
    private static uint[] MakeRoundConstants()
    {
        uint[] constants = new uint[64];
        int found = 0;
        for (int candidate = 2; found < constants.Length; candidate++)
        {
            bool isPrime = true;
            for (int divisor = 2; divisor * divisor <= candidate; divisor++)
                isPrime &= candidate % divisor != 0;
            if (!isPrime)
                continue;
            BigInteger target = new BigInteger(candidate) << 96;
            BigInteger low = 0;
            BigInteger high = BigInteger.One << 40;
            while (high - low > 1)
            {
                BigInteger middle = (low + high) >> 1;
                if (middle * middle * middle <= target)
                    low = middle;
                else
                    high = middle;
            }

            constants[found++] = (uint)(low & uint.MaxValue);
        }

        return constants;
    }
}

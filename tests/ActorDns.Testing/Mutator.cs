using System.Buffers.Binary;

namespace ActorDns.Testing;

/// <summary>Makes inputs from seeds: flipped bits, splices, lies about lengths and counts, pointers into other places.</summary>
public sealed class Mutator(IReadOnlyList<byte[]> seeds, int seed)
{
    private const int MaxBytes = 4096;
    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[MaxBytes];

    /// <summary>The next input; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next()
    {
        byte[] start = seeds[_random.Next(seeds.Count)];
        int length = Math.Min(start.Length, MaxBytes);
        start.AsSpan(0, length).CopyTo(_buffer);
        for (int round = _random.Next(0, 5); round > 0 && length > 0; round--)
            length = Mutate(length);
        return _buffer.AsSpan(0, length);
    }

    private int Mutate(int length)
    {
        int at = _random.Next(length);
        switch (_random.Next(8))
        {
            case 0:
                _buffer[at] ^= (byte)(1 << _random.Next(8));
                return length;
            case 1:
                _buffer[at] = (byte)_random.Next(256);
                return length;
            case 2: // A number of 16 bits that promises more or less than there is.
                if (at + 2 <= length)
                    BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(at), (ushort)(_random.Next(4) == 0 ? 0xFFFF : _random.Next(64)));
                return length;
            case 3: // A compression pointer to anywhere near.
                if (at + 2 <= length)
                    BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(at), (ushort)(0xC000 | _random.Next(length + 8)));
                return length;
            case 4:
                return at;
            case 5:
                return Splice(at);
            case 6:
                return Remove(at, length);
            default:
                return Repeat(at, length);
        }
    }

    private int Splice(int at)
    {
        byte[] other = seeds[_random.Next(seeds.Count)];
        int from = _random.Next(other.Length + 1);
        int count = Math.Min(other.Length - from, MaxBytes - at);
        other.AsSpan(from, count).CopyTo(_buffer.AsSpan(at));
        return at + count;
    }

    private int Remove(int at, int length)
    {
        int count = Math.Min(_random.Next(1, 9), length - at);
        _buffer.AsSpan(at + count, length - at - count).CopyTo(_buffer.AsSpan(at));
        return length - count;
    }

    private int Repeat(int at, int length)
    {
        int count = Math.Min(_random.Next(1, 33), Math.Min(length - at, MaxBytes - length));
        _buffer.AsSpan(at, length - at).CopyTo(_buffer.AsSpan(at + count));
        return length + count;
    }
}

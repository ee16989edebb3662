namespace ActorDns.Protocol.Text;

/// <summary>
/// Decodes hex, base64 or base32hex that comes in several words (RFC 4648). Left-over bits must be zero, base64 must be
/// padded and nothing may follow the padding.
/// </summary>
internal ref struct BinaryDecoder
{
    private readonly byte[] _digits;
    private readonly int _bitsPerDigit;
    private uint _bits;
    private int _bitCount;
    private int _padding;

    private BinaryDecoder(int bitsPerDigit)
    {
        _bitsPerDigit = bitsPerDigit;
        _digits = BinaryText.DigitsOf(bitsPerDigit);
    }

    /// <summary>A decoder of hex.</summary>
    public static BinaryDecoder Hex => new(4);

    /// <summary>A decoder of base32 with extended hex alphabet.</summary>
    public static BinaryDecoder Base32Hex => new(5);

    /// <summary>A decoder of base64.</summary>
    public static BinaryDecoder Base64 => new(6);

    /// <summary>Octets decoded so far.</summary>
    public int Length { get; private set; }

    /// <summary>Decodes one word more; <paramref name="destination"/> is the same span each time.</summary>
    public bool TryDecode(ReadOnlySpan<byte> word, Span<byte> destination)
    {
        foreach (byte octet in word)
        {
            if (octet == '=' && _bitsPerDigit == 6)
            {
                _padding++;
                continue;
            }

            uint digit = _digits[octet];
            if (digit > 63 || _padding > 0)
                return false;
            _bits = (_bits << _bitsPerDigit) | digit;
            _bitCount += _bitsPerDigit;
            if (_bitCount < 8)
                continue;
            _bitCount -= 8;
            if (Length >= destination.Length)
                return false;
            destination[Length++] = (byte)(_bits >> _bitCount);
            _bits &= (1u << _bitCount) - 1;
        }

        return true;
    }

    /// <summary>True when the words seen make a whole number of octets, padded as the alphabet demands.</summary>
    public readonly bool TryFinish()
    {
        int expectedPadding = _bitsPerDigit == 6 ? _bitCount / 2 : 0;
        return _bits == 0 && _bitCount < _bitsPerDigit && _padding == expectedPadding;
    }
}

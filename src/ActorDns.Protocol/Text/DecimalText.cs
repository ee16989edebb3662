namespace ActorDns.Protocol.Text;

/// <summary>Decimal numbers of master files (RFC 1035 §5.1).</summary>
public static class DecimalText
{
    /// <summary>Reads digits only, up to and including <paramref name="max"/>; leading zeros are allowed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, uint max, out uint value)
    {
        ulong sum = 0;
        value = 0;
        if (text.IsEmpty)
            return false;
        foreach (byte octet in text)
        {
            uint digit = (uint)octet - '0';
            if (digit > 9)
                return false;
            sum = (sum * 10) + digit;
            if (sum > max)
                return false;
        }

        value = (uint)sum;
        return true;
    }
}

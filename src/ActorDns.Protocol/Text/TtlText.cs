namespace ActorDns.Protocol.Text;

/// <summary>Times in seconds as master files write them: <c>3600</c>, or BIND's sums of units such as <c>1h30m</c>.</summary>
public static class TtlText
{
    /// <summary>Largest TTL in seconds: 31 bits (RFC 2181 §8).</summary>
    public const uint MaxTtlSeconds = int.MaxValue;

    /// <summary>Reads a TTL, 31 bits at most (RFC 2181 §8).</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out uint seconds) => TryParse(text, MaxTtlSeconds, out seconds);

    /// <summary>Reads seconds, or a sum of weeks, days, hours, minutes and seconds in any letter case, up to a bound.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, uint maxSeconds, out uint seconds)
    {
        if (DecimalText.TryParse(text, maxSeconds, out seconds))
            return true;
        ulong sum = 0;
        ulong number = 0;
        bool hasDigits = false;
        foreach (byte octet in text)
        {
            uint digit = (uint)octet - '0';
            if (digit <= 9)
            {
                number = (number * 10) + digit;
                hasDigits = true;
            }
            else
            {
                ulong unit = UnitSeconds(octet);
                if (unit == 0 || !hasDigits)
                    return false;
                sum += number * unit;
                number = 0;
                hasDigits = false;
            }

            if (number > maxSeconds || sum > maxSeconds)
                return false;
        }

        if (hasDigits || sum > maxSeconds || text.IsEmpty)
            return false;
        seconds = (uint)sum;
        return true;
    }

    private static ulong UnitSeconds(byte octet) => (octet | 0x20) switch
    {
        'w' => 604_800,
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        's' => 1,
        _ => 0,
    };
}

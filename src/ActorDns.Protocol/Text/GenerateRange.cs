namespace ActorDns.Protocol.Text;

/// <summary>The values of a $GENERATE directive: <c>start-stop</c> or <c>start-stop/step</c>.</summary>
internal readonly record struct GenerateRange(long Start, long Stop, long Step)
{
    /// <summary>How many values there are.</summary>
    public long Count => ((Stop - Start) / Step) + 1;

    /// <summary>Reads a range; its numbers have 31 bits, it is not empty and its step is not 0.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out GenerateRange range)
    {
        range = default;
        uint step = 1;
        int slash = text.IndexOf((byte)'/');
        if (slash >= 0)
        {
            if (!DecimalText.TryParse(text[(slash + 1)..], int.MaxValue, out step) || step == 0)
                return false;
            text = text[..slash];
        }

        int dash = text.IndexOf((byte)'-');
        if (dash < 0
            || !DecimalText.TryParse(text[..dash], int.MaxValue, out uint start)
            || !DecimalText.TryParse(text[(dash + 1)..], int.MaxValue, out uint stop)
            || stop < start)
        {
            return false;
        }

        range = new GenerateRange(start, stop, step);
        return true;
    }
}

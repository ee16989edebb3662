using System.Globalization;

namespace ActorDns.Protocol.Text;

/// <summary>
/// One template of a $GENERATE directive: <c>$</c> stands for the value, <c>${offset,width,base}</c> for a form of it, <c>$$</c> for a
/// dollar sign; a backslash and what follows stay as they are.
/// </summary>
internal sealed class GenerateTemplate
{
    private const int MaxNumberChars = 127;
    private readonly byte[] _template;
    private byte[] _expanded = new byte[128];
    private int _length;

    /// <summary>Takes the word as it stands in the file; in a quoted one <c>\"</c> is a quote of the data.</summary>
    public GenerateTemplate(ReadOnlySpan<byte> word, bool isQuoted)
    {
        byte[] octets = new byte[word.Length];
        int count = 0;
        for (int at = 0; at < word.Length; at++)
        {
            if (word[at] == (byte)'\\' && at + 1 < word.Length)
            {
                if (!isQuoted || word[at + 1] != (byte)'"')
                    octets[count++] = word[at];
                at++;
            }

            octets[count++] = word[at];
        }

        _template = octets[..count];
    }

    /// <summary>Makes the text for one value, valid until the next call; false when a form is malformed or too long.</summary>
    public bool TryExpand(long value, out ReadOnlySpan<byte> text)
    {
        _length = 0;
        text = default;
        ReadOnlySpan<byte> template = _template;
        for (int at = 0; at < template.Length; at++)
        {
            byte octet = template[at];
            if (octet == (byte)'\\' && at + 1 < template.Length)
            {
                Append(octet);
                Append(template[++at]);
            }
            else if (octet != (byte)'$')
            {
                Append(octet);
            }
            else if (at + 1 < template.Length && template[at + 1] == (byte)'$')
            {
                Append(octet);
                at++;
            }
            else if (at + 1 < template.Length && template[at + 1] == (byte)'{')
            {
                int length = template[at..].IndexOf((byte)'}');
                if (length < 0 || !TryAppendForm(template.Slice(at + 2, length - 2), value))
                    return false;
                at += length;
            }
            else if (!TryAppendNumber(value, 0, (byte)'d'))
            {
                return false;
            }
        }

        text = _expanded.AsSpan(0, _length);
        return true;
    }

    private bool TryAppendForm(ReadOnlySpan<byte> form, long value)
    {
        uint width = 0;
        byte numberBase = (byte)'d';
        int comma = form.IndexOf((byte)',');
        if (!int.TryParse(comma < 0 ? form : form[..comma], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int offset))
            return false;
        if (comma >= 0)
        {
            ReadOnlySpan<byte> rest = form[(comma + 1)..];
            comma = rest.IndexOf((byte)',');
            if (!DecimalText.TryParse(comma < 0 ? rest : rest[..comma], MaxNumberChars, out width))
                return false;
            if (comma >= 0)
            {
                if (rest.Length != comma + 2)
                    return false;
                numberBase = rest[^1];
            }
        }

        long number = value + offset;
        return number <= int.MaxValue && TryAppendNumber(number, (int)width, numberBase);
    }

    /// <summary>Appends a number; octal and hexadecimal show a negative one as 32 bits.</summary>
    private bool TryAppendNumber(long number, int width, byte numberBase)
    {
        Span<byte> digits = stackalloc byte[32];
        int count = 0;
        switch (numberBase)
        {
            case (byte)'d':
                number.TryFormat(digits, out count, default, CultureInfo.InvariantCulture);
                if (number < 0)
                {
                    Append((byte)'-');
                    digits = digits[1..];
                    count--;
                    width--;
                }

                break;
            case (byte)'o':
                uint rest = (uint)number;
                int at = digits.Length;
                do
                {
                    digits[--at] = (byte)('0' + (rest & 7));
                    rest >>= 3;
                }
                while (rest != 0);
                digits = digits[at..];
                count = digits.Length;
                break;
            case (byte)'x':
                ((uint)number).TryFormat(digits, out count, "x", CultureInfo.InvariantCulture);
                break;
            case (byte)'X':
                ((uint)number).TryFormat(digits, out count, "X", CultureInfo.InvariantCulture);
                break;
            case (byte)'n':
                return TryAppendNibbles(number, width, "0123456789abcdef"u8);
            case (byte)'N':
                return TryAppendNibbles(number, width, "0123456789ABCDEF"u8);
            default:
                return false;
        }

        for (int zeros = width - count; zeros > 0; zeros--)
            Append((byte)'0');
        for (int i = 0; i < count; i++)
            Append(digits[i]);
        return true;
    }

    /// <summary>
    /// Appends hexadecimal digits from the last to the first with dots between, as ip6.arpa wants them; the width counts the dots.
    /// </summary>
    private bool TryAppendNibbles(long number, int width, ReadOnlySpan<byte> alphabet)
    {
        if (number < 0)
            return false;
        do
        {
            Append(alphabet[(int)(number & 0xF)]);
            number >>= 4;
            width--;
            if (width > 0 || number != 0)
            {
                Append((byte)'.');
                width--;
            }
        }
        while (number != 0 || width > 0);
        return true;
    }

    private void Append(byte octet)
    {
        if (_length == _expanded.Length)
            Array.Resize(ref _expanded, _length * 2);
        _expanded[_length++] = octet;
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Records.Fields;

/// <summary>
/// LOC in one field (RFC 1876 §2, §3): version, three sizes as digit and power of ten in centimetres, latitude and longitude
/// in thousandths of an arc second around 2^31, altitude in centimetres above 100 km below the reference. Versions above 0
/// have no text.
/// </summary>
internal sealed class LocationField(string name) : RdataField(name)
{
    private const int Version0Bytes = 16;
    private const uint Equator = 1u << 31;
    private const uint QuarterTurn = 90 * 3_600_000;
    private const long AltitudeBaseCentimetres = 10_000_000;
    private const byte DefaultSize = 0x12;
    private const byte DefaultHorizontal = 0x16;
    private const byte DefaultVertical = 0x13;

    public override bool TryParseText(ref RdataText text, ref RdataBuilder builder)
    {
        if (!TryParseAngle(ref text, ref builder, "latitude", 90, "NS"u8, out uint latitude)
            || !TryParseAngle(ref text, ref builder, "longitude", 180, "EW"u8, out uint longitude))
        {
            return false;
        }

        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return builder.FailMissing("altitude");
        bool isBelow = word.StartsWith("-"u8);
        if (!TryParseCentimetres(isBelow ? word[1..] : word, out long altitude))
            return builder.Fail("altitude", word, "is not a number of metres");
        altitude = AltitudeBaseCentimetres + (isBelow ? -altitude : altitude);
        if (altitude is < 0 or > uint.MaxValue)
            return builder.Fail("altitude", word, "is not between -100000.00m and 42849672.95m");

        byte size = DefaultSize;
        byte horizontal = DefaultHorizontal;
        byte vertical = DefaultVertical;
        return TryParsePrecision(ref text, ref builder, "size", ref size)
            && TryParsePrecision(ref text, ref builder, "horizontal precision", ref horizontal)
            && TryParsePrecision(ref text, ref builder, "vertical precision", ref vertical)
            && builder.TryAppend([0, size, horizontal, vertical])
            && builder.TryAppendUInt32(latitude)
            && builder.TryAppendUInt32(longitude)
            && builder.TryAppendUInt32((uint)altitude);
    }

    public override int Measure(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty)
            return -1;
        if (rest[0] != 0)
            return rest.Length;
        return rest.Length >= Version0Bytes
            && IsPrecision(rest[1])
            && IsPrecision(rest[2])
            && IsPrecision(rest[3])
            && Distance(rest[4..]) <= QuarterTurn
            && Distance(rest[8..]) <= 2 * QuarterTurn
            ? Version0Bytes
            : -1;
    }

    public override bool IsPrintable(ReadOnlySpan<byte> field) => field[0] == 0;

    public override void AppendText(StringBuilder text, ReadOnlySpan<byte> field)
    {
        AppendAngle(text, field[4..], 'N', 'S');
        text.Append(' ');
        AppendAngle(text, field[8..], 'E', 'W');
        long altitude = BinaryPrimitives.ReadUInt32BigEndian(field[12..]) - AltitudeBaseCentimetres;
        long above = Math.Abs(altitude);
        text.Append(' ')
            .Append(altitude < 0 ? "-" : string.Empty)
            .Append(CultureInfo.InvariantCulture, $"{above / 100}.{above % 100:00}m");
        for (int at = 1; at <= 3; at++)
        {
            text.Append(' ');
            AppendPrecision(text, field[at]);
        }
    }

    private static bool TryParseAngle(
        ref RdataText text, ref RdataBuilder builder, string name, uint maxDegrees, ReadOnlySpan<byte> sides, out uint angle)
    {
        Span<uint> parts = stackalloc uint[3];
        parts.Clear();
        angle = 0;
        int count = 0;
        while (text.TryNext(out ReadOnlySpan<byte> word, out _))
        {
            int side = word.Length == 1 ? sides.IndexOf((byte)(word[0] & 0xDF)) : -1;
            if (side >= 0 && count > 0)
            {
                uint distance = (parts[0] * 3_600_000) + (parts[1] * 60_000) + parts[2];
                if (distance > maxDegrees * 3_600_000)
                    return builder.Fail($"{name} is more than {maxDegrees} degrees");
                angle = side == 0 ? Equator + distance : Equator - distance;
                return true;
            }

            bool isPart = count switch
            {
                0 => DecimalText.TryParse(word, maxDegrees, out parts[0]),
                1 => DecimalText.TryParse(word, 59, out parts[1]),
                2 => TryParseThousandths(word, out parts[2]),
                _ => false,
            };
            if (!isPart)
                return builder.Fail(name, word, "does not fit DEGREES [MINUTES [SECONDS[.THOUSANDTHS]]] and a side");
            count++;
        }

        return builder.FailMissing(name);
    }

    private static bool TryParseThousandths(ReadOnlySpan<byte> word, out uint thousandths)
    {
        thousandths = 0;
        return TryParseFraction(word, 3, out long value) && value < 60_000 && (thousandths = (uint)value) == value;
    }

    private static bool TryParsePrecision(ref RdataText text, ref RdataBuilder builder, string name, ref byte precision)
    {
        if (!text.TryNext(out ReadOnlySpan<byte> word, out _))
            return true;
        if (!TryParseCentimetres(word, out long centimetres) || centimetres > 9_000_000_000)
            return builder.Fail(name, word, "is not between 0.00m and 90000000.00m");
        int power = 0;
        for (; centimetres > 9; centimetres /= 10)
            power++;
        precision = (byte)((centimetres << 4) | (uint)power);
        return true;
    }

    private static bool TryParseCentimetres(ReadOnlySpan<byte> word, out long centimetres) =>
        TryParseFraction(word.EndsWith("m"u8) ? word[..^1] : word, 2, out centimetres);

    /// <summary>Reads a number with up to <paramref name="places"/> decimal places, scaled to a whole one.</summary>
    private static bool TryParseFraction(ReadOnlySpan<byte> word, int places, out long value)
    {
        value = 0;
        int dot = word.IndexOf((byte)'.');
        ReadOnlySpan<byte> fraction = dot < 0 ? default : word[(dot + 1)..];
        if (!DecimalText.TryParse(dot < 0 ? word : word[..dot], 999_999_999, out uint whole) || fraction.Length > places)
            return false;
        uint part = 0;
        if (!fraction.IsEmpty && !DecimalText.TryParse(fraction, 999, out part))
            return false;
        value = whole;
        for (int place = 0; place < places; place++)
            value *= 10;
        for (int place = fraction.Length; place < places; place++)
            part *= 10;
        value += part;
        return true;
    }

    private static void AppendAngle(StringBuilder text, ReadOnlySpan<byte> octets, char positive, char negative)
    {
        uint distance = Distance(octets);
        char side = BinaryPrimitives.ReadUInt32BigEndian(octets) >= Equator ? positive : negative;
        text.Append(
            CultureInfo.InvariantCulture,
            $"{distance / 3_600_000} {distance / 60_000 % 60} {distance / 1_000 % 60}.{distance % 1_000:000} {side}");
    }

    private static void AppendPrecision(StringBuilder text, byte precision)
    {
        long centimetres = precision >> 4;
        for (int power = precision & 15; power > 0; power--)
            centimetres *= 10;
        if (centimetres >= 100)
            text.Append(CultureInfo.InvariantCulture, $"{centimetres / 100}m");
        else
            text.Append(CultureInfo.InvariantCulture, $"0.{centimetres:00}m");
    }

    private static bool IsPrecision(byte precision) => precision >> 4 <= 9 && (precision & 15) <= 9;

    private static uint Distance(ReadOnlySpan<byte> octets)
    {
        uint angle = BinaryPrimitives.ReadUInt32BigEndian(octets);
        return angle >= Equator ? angle - Equator : Equator - angle;
    }
}

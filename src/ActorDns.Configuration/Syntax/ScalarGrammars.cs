using System.Globalization;

namespace ActorDns.Configuration.Syntax;

/// <summary>The one-token values.</summary>
internal static class ScalarGrammars
{
    private static readonly string[] True = ["yes", "true", "1"];
    private static readonly string[] False = ["no", "false", "0"];

    private static readonly System.Buffers.SearchValues<char> HexDigits =
        System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    public static ValueGrammar Boolean { get; } = new ScalarGrammar(
        ScalarKind.Boolean, "boolean expected", t => t.Kind == TokenKind.Word && AsBoolean(t.Text) is not null,
        static (Token t, out string text, out string canonical) => Same(AsBoolean(t.Text) == true ? "yes" : "no", out text, out canonical));

    public static ValueGrammar Integer { get; } = new ScalarGrammar(
        ScalarKind.Integer, "expected number", static t => t.Kind == TokenKind.Word && IsNumber(t.Text), ReadInteger);

    public static ValueGrammar String { get; } = new ScalarGrammar(
        ScalarKind.String, "expected string", static t => t.IsText, Plain);

    public static ValueGrammar QuotedString { get; } = new ScalarGrammar(
        ScalarKind.QuotedString, "expected quoted string", static t => t.Kind == TokenKind.Quoted, Plain);

    public static ValueGrammar Word { get; } = new ScalarGrammar(
        ScalarKind.Word, "expected unquoted string", static t => t.Kind == TokenKind.Word, Plain);

    public static ValueGrammar Duration { get; } = new ScalarGrammar(
        ScalarKind.Duration, "expected ISO 8601 duration or TTL value",
        static t => t.Kind == TokenKind.Word && DurationText.TryParse(t.Text, out _, out _),
        static (Token t, out string text, out string canonical) =>
        {
            bool isDuration = DurationText.TryParse(t.Text, out uint seconds, out canonical);
            text = seconds.ToString(CultureInfo.InvariantCulture);
            return isDuration ? null : "out of range";
        });

    public static ValueGrammar Size { get; } = new ScalarGrammar(
        ScalarKind.Size, "expected integer and optional unit", static t => SizeOf(t) is not null,
        static (Token t, out string text, out string canonical) =>
            Same(SizeOf(t).GetValueOrDefault().ToString(CultureInfo.InvariantCulture), out text, out canonical));

    public static ValueGrammar Percentage { get; } = new ScalarGrammar(
        ScalarKind.Percentage, "expected percentage", static t => t.Kind == TokenKind.Word && t.Text.EndsWith('%')
            && uint.TryParse(t.Text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out _),
        static (Token t, out string text, out string canonical) =>
        {
            text = t.Text[..^1].TrimStart('0').PadLeft(1, '0');
            canonical = text + "%";
            return null;
        });

    public static ValueGrammar FixedPoint { get; } = new ScalarGrammar(
        ScalarKind.FixedPoint, "expected fixed point number", static t => HundredthsOf(t) is not null,
        static (Token t, out string text, out string canonical) =>
        {
            long hundredths = HundredthsOf(t).GetValueOrDefault();
            return Same(string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:00}"), out text, out canonical);
        });

    public static ValueGrammar Address { get; } = AddressOf("expected IP address", static t => AddressText.TryParse(t, out _));

    public static ValueGrammar Address4 { get; } = AddressOf(
        "expected IPv4 address", static t => AddressText.TryParsePartialV4(t, out _, out int parts) && parts == 4);

    public static ValueGrammar Address6 { get; } = AddressOf("expected IPv6 address", static t => AddressText.TryParseV6(t, out _));

    public static ValueGrammar Prefix { get; } = new PrefixGrammar();

    private static ScalarGrammar AddressOf(string expected, Func<string, bool> fits) => new(
        ScalarKind.Address, expected, t => t.Kind == TokenKind.Word && fits(t.Text),
        static (Token t, out string text, out string canonical) =>
        {
            bool isAddress = AddressText.TryParse(t.Text, out System.Net.IPAddress address);
            return Same(isAddress ? address.ToString() : t.Text, out text, out canonical);
        });

    private static bool? AsBoolean(string text) =>
        True.Contains(text, StringComparer.OrdinalIgnoreCase) ? true
        : False.Contains(text, StringComparer.OrdinalIgnoreCase) ? false
        : null;

    /// <summary>True for decimal digits, octal ones behind a zero and hexadecimal ones behind <c>0x</c>.</summary>
    private static bool IsNumber(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? text.Length > 2 && text.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0
            : text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', text[0] == '0' ? '7' : '9');

    private static string? ReadInteger(Token token, out string text, out string canonical)
    {
        string written = token.Text;
        bool isHex = written.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        int radix = isHex ? 16 : written[0] == '0' ? 8 : 10;
        ulong value = 0;
        foreach (char digit in isHex ? written.AsSpan(2) : written)
        {
            value = (value * (uint)radix) + (uint)Convert.ToInt32(digit.ToString(), 16);
            if (value <= uint.MaxValue)
                continue;
            text = canonical = "";
            return "out of range";
        }

        return Same(value.ToString(CultureInfo.InvariantCulture), out text, out canonical);
    }

    private static string? Plain(Token token, out string text, out string canonical) => Same(token.Text, out text, out canonical);

    private static string? Same(string value, out string text, out string canonical)
    {
        text = canonical = value;
        return null;
    }

    private static ulong? SizeOf(Token token)
    {
        if (token.Kind != TokenKind.Word || token.Text.Length == 0)
            return null;
        int shift = char.ToLowerInvariant(token.Text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        ReadOnlySpan<char> digits = shift == 0 ? token.Text : token.Text.AsSpan(..^1);
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            || value > ulong.MaxValue >> shift)
        {
            return null;
        }

        return value << shift;
    }

    private static long? HundredthsOf(Token token)
    {
        if (token.Kind != TokenKind.Word)
            return null;
        string[] halves = token.Text.Split('.');
        if (halves.Length > 2 || halves[0].Length > 5 || (halves.Length == 2 && halves[1].Length is 0 or > 2)
            || token.Text.Length == 0)
        {
            return null;
        }

        string digits = halves[0] + (halves.Length == 2 ? halves[1].PadRight(2, '0') : "00");
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
    }
}

using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Text;

/// <summary>
/// Reads master files (RFC 1035 §5) with the directives $ORIGIN, $INCLUDE, $TTL (RFC 2308 §4) and $GENERATE. What is wrong is
/// reported with file and line, and reading goes on up to a bound, so that one run shows many mistakes. Nothing in a file makes
/// it throw.
/// </summary>
/// <typeparam name="TSink">Where records and problems go.</typeparam>
public sealed class MasterFileReader<TSink>
    where TSink : IMasterFileSink
{
    /// <summary>Errors after which the rest of the files is left unread.</summary>
    public const int MaxErrors = 100;

    private const int MaxIncludeDepth = 20;
    private readonly IMasterFileSource _source;
    private readonly byte[] _owner = new byte[WireName.MaxBytes];
    private readonly byte[] _rdata = new byte[RecordFormat.MaxRdataBytes];
    private TSink _sink;
    private DomainName _origin;
    private int _ownerLength;
    private uint? _defaultTtl;
    private uint? _lastTtl;
    private bool _saidLastTtl;
    private int _errors;
    private string _file = "";
    private int _line;

    /// <summary>Makes a reader for one zone.</summary>
    public MasterFileReader(IMasterFileSource source, DomainName origin, TSink sink)
    {
        _source = source;
        _origin = origin;
        _sink = sink;
    }

    /// <summary>The sink with what it has gathered.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>Number of errors so far; 0 means that everything was taken.</summary>
    public int ErrorCount => _errors;

    /// <summary>Reads a file and what it includes. False when there were errors.</summary>
    public bool Read(string path)
    {
        if (!_source.TryRead(path, out byte[] content, out string reason))
        {
            _file = path;
            _line = 1;
            Error(reason);
            return false;
        }

        ReadText(content, path, depth: 0);
        return _errors == 0;
    }

    /// <summary>Reads text that is already in memory, under the name <paramref name="file"/>.</summary>
    public bool ReadText(ReadOnlySpan<byte> text, string file)
    {
        ReadText(text, file, depth: 0);
        return _errors == 0;
    }

    private void ReadText(ReadOnlySpan<byte> text, string file, int depth)
    {
        (string outerFile, int outerLine) = (_file, _line);
        _file = file;
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        MasterFileScanner scanner = new(text.StartsWith(byteOrderMark) ? text[3..] : text);
        while (_errors < MaxErrors && scanner.TryNext(out string? error))
        {
            _line = scanner.EntryLine;
            if (error is not null)
                Error(error);
            else
                ReadEntry(ref scanner, depth);
        }

        if (_errors >= MaxErrors && depth == 0)
            Warn("too many errors; the rest is left unread");
        (_file, _line) = (outerFile, outerLine);
    }

    private void ReadEntry(ref MasterFileScanner scanner, int depth)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        ReadOnlySpan<byte> first = scanner.TextOf(tokens[0]);
        if (!scanner.StartsBlank && !tokens[0].Quoted && first.Length > 1 && first[0] == (byte)'$' && char.IsAsciiLetter((char)first[1]))
        {
            ReadDirective(ref scanner, depth);
            return;
        }

        int next = 0;
        if (!scanner.StartsBlank)
        {
            NameTextError bad = NameText.TryParse(first, _origin.Wire, _owner, out int length);
            if (bad != NameTextError.None)
            {
                _ownerLength = 0;
                Error($"bad owner name '{Show(first)}': {Describe(bad)}");
                return;
            }

            _ownerLength = length;
            next = 1;
        }
        else if (_ownerLength == 0)
        {
            Error("no current owner name");
            return;
        }

        ReadRecord(ref scanner, next);
    }

    private void ReadRecord(ref MasterFileScanner scanner, int next)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        uint? ttl = null;
        bool hasClass = false;
        for (; next < tokens.Length; next++)
        {
            ReadOnlySpan<byte> word = scanner.TextOf(tokens[next]);
            if (ttl is null && word.Length > 0 && char.IsAsciiDigit((char)word[0]))
            {
                if (!TtlText.TryParse(word, out uint seconds))
                {
                    Error($"bad TTL '{Show(word)}': a number of seconds up to 2147483647, or units such as 1h30m");
                    return;
                }

                ttl = seconds;
            }
            else if (!hasClass && TryParseClass(word, out ushort recordClass))
            {
                hasClass = true;
                if (recordClass == RecordClass.In.Value)
                    continue;
                Error($"class '{Show(word)}' is not the zone's class IN");
                return;
            }
            else
            {
                break;
            }
        }

        if (next == tokens.Length)
        {
            Error("unexpected end of line: no record type");
            return;
        }

        ReadOnlySpan<byte> typeText = scanner.TextOf(tokens[next]);
        if (!TryParseType(typeText, out RecordType type))
        {
            Error($"unknown RR type '{Show(typeText)}'");
            return;
        }

        if (type.IsMeta)
        {
            Error($"type {type} cannot stand in a zone");
            return;
        }

        RdataText rdataText = scanner.RdataFrom(next + 1, _origin.Wire);
        if (!RecordFormats.Of(type).TryParseText(ref rdataText, _rdata, out int length, out string? problem))
        {
            Error($"{NameText.ToText(Owner, keepFinalDot: false)}/{type}: {problem}");
            return;
        }

        if (TryChooseTtl(ttl, type, length, out uint chosen))
            _sink.Record(Owner, type, chosen, _rdata.AsSpan(0, length), _file, _line);
    }

    private ReadOnlySpan<byte> Owner => _owner.AsSpan(0, _ownerLength);

    /// <summary>
    /// Written TTL, else $TTL (RFC 2308 §4), else the TTL before (RFC 1035 §5.1), else for the SOA its own MINIMUM.
    /// </summary>
    private bool TryChooseTtl(uint? written, RecordType type, int rdataLength, out uint ttl)
    {
        if (written is { } own)
        {
            _lastTtl = own;
            ttl = own;
            return true;
        }

        if (_defaultTtl is { } directive)
        {
            ttl = directive;
            return true;
        }

        if (_lastTtl is { } before)
        {
            if (!_saidLastTtl)
                Warn("no TTL and no $TTL: using the TTL of the record before");
            _saidLastTtl = true;
            ttl = before;
            return true;
        }

        if (type == RecordType.Soa)
        {
            ttl = new SoaData(_rdata.AsSpan(0, rdataLength)).MinimumSeconds;
            _defaultTtl = ttl;
            Warn("no TTL specified; using SOA MINTTL instead");
            return true;
        }

        ttl = 0;
        Error("no TTL specified");
        return false;
    }

    private void ReadDirective(ref MasterFileScanner scanner, int depth)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        string directive = Encoding.ASCII.GetString(scanner.TextOf(tokens[0])).ToUpperInvariant();
        switch (directive)
        {
            case "$ORIGIN" when tokens.Length == 2:
                if (TryReadName(scanner.TextOf(tokens[1]), out DomainName origin))
                    _origin = origin;
                break;
            case "$TTL" when tokens.Length == 2:
                if (TtlText.TryParse(scanner.TextOf(tokens[1]), out uint seconds))
                    _defaultTtl = seconds;
                else
                    Error($"bad TTL '{Show(scanner.TextOf(tokens[1]))}'");
                break;
            case "$INCLUDE" when tokens.Length is 2 or 3:
                Include(ref scanner, depth);
                break;
            case "$GENERATE" when tokens.Length >= 5:
                Generate(ref scanner);
                break;
            case "$ORIGIN" or "$TTL" or "$INCLUDE" or "$GENERATE":
                Error($"{directive}: wrong number of words");
                break;
            default:
                Error($"unknown $ directive '{Show(scanner.TextOf(tokens[0]))}'");
                break;
        }
    }

    /// <summary>Reads another file in place; origin and owner are as before when it ends (RFC 1035 §5.1).</summary>
    private void Include(ref MasterFileScanner scanner, int depth)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        string path = Encoding.UTF8.GetString(scanner.TextOf(tokens[1]));
        DomainName outer = _origin;
        DomainName inner = outer;
        if (tokens.Length == 3 && !TryReadName(scanner.TextOf(tokens[2]), out inner))
            return;
        if (depth == MaxIncludeDepth)
        {
            Error($"$INCLUDE '{path}': files include each other more than {MaxIncludeDepth} deep");
            return;
        }

        if (!_source.TryRead(path, out byte[] content, out string reason))
        {
            Error($"$INCLUDE: {reason}");
            return;
        }

        byte[] owner = Owner.ToArray();
        _origin = inner;
        ReadText(content, path, depth + 1);
        _origin = outer;
        owner.CopyTo(_owner.AsSpan());
        _ownerLength = owner.Length;
    }

    private void Generate(ref MasterFileScanner scanner)
    {
        MasterFileTemplate? template = MasterFileTemplate.Parse(ref scanner, out string? error);
        if (template is null)
        {
            Error($"$GENERATE: {error}");
            return;
        }

        byte[] owner = Owner.ToArray();
        for (long value = template.Start; value <= template.Stop && _errors < MaxErrors; value += template.Step)
        {
            if (!template.TryExpand(value, out byte[] line, out error))
            {
                Error($"$GENERATE: {error}");
                break;
            }

            MasterFileScanner expanded = new(line);
            while (expanded.TryNext(out error))
            {
                if (error is not null)
                    Error($"$GENERATE: {error}");
                else
                    ReadEntry(ref expanded, MaxIncludeDepth);
            }
        }

        owner.CopyTo(_owner.AsSpan());
        _ownerLength = owner.Length;
    }

    private bool TryReadName(ReadOnlySpan<byte> text, out DomainName name)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxBytes];
        NameTextError bad = NameText.TryParse(text, _origin.Wire, wire, out int length);
        name = default;
        if (bad != NameTextError.None)
        {
            Error($"bad name '{Show(text)}': {Describe(bad)}");
            return false;
        }

        name = DomainName.FromWire(wire[..length]);
        return true;
    }

    private static bool TryParseClass(ReadOnlySpan<byte> word, out ushort recordClass)
    {
        recordClass = 0;
        if (word.Length == 2)
        {
            recordClass = ((word[0] | 0x20) << 8 | (word[1] | 0x20)) switch
            {
                ('i' << 8) | 'n' => 1,
                ('c' << 8) | 'h' => 3,
                ('h' << 8) | 's' => 4,
                _ => 0,
            };
            return recordClass != 0;
        }

        Span<char> text = stackalloc char[10];
        return word.Length is > 5 and <= 10
            && Encoding.ASCII.TryGetChars(word, text, out int length)
            && text[..length].StartsWith("CLASS", StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(text[5..length], NumberStyles.None, CultureInfo.InvariantCulture, out recordClass);
    }

    private static bool TryParseType(ReadOnlySpan<byte> word, out RecordType type)
    {
        Span<char> text = stackalloc char[16];
        if (word.Length <= text.Length && Encoding.ASCII.TryGetChars(word, text, out int length))
            return RecordType.TryParse(text[..length], out type);
        type = default;
        return false;
    }

    private static string Describe(NameTextError error) => error switch
    {
        NameTextError.EmptyLabel => "empty label",
        NameTextError.LabelTooLong => "a label is longer than 63 octets",
        NameTextError.NameTooLong => "the name is longer than 255 octets",
        NameTextError.BadEscape => "bad escape",
        NameTextError.NotAscii => "not ASCII; write an A-label (xn--) or \\DDD octets",
        NameTextError.BitStringLabel => "bit-string labels were withdrawn (RFC 6891 §5)",
        _ => "no name",
    };

    /// <summary>A word as far as a message should show it.</summary>
    private static string Show(ReadOnlySpan<byte> word)
    {
        const int most = 60;
        StringBuilder text = new();
        foreach (byte octet in word[..Math.Min(word.Length, most)])
            text.Append(octet is >= 0x20 and < 0x7F ? (char)octet : '?');
        return word.Length > most ? text.Append("...").ToString() : text.ToString();
    }

    private void Error(string message)
    {
        _errors++;
        _sink.Problem(new MasterFileProblem(true, _file, _line, message));
    }

    private void Warn(string message) => _sink.Problem(new MasterFileProblem(false, _file, _line, message));
}

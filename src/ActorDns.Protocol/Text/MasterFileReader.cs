using System.Buffers;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Text;

/// <summary>
/// Reads master files (RFC 1035 §5) with the directives $ORIGIN, $INCLUDE, $TTL (RFC 2308 §4) and $GENERATE. What is wrong is
/// reported with file and line, and reading goes on up to a bound, so that one run shows many mistakes. Nothing in a file makes
/// it throw. Records outside the zone are left out with a warning.
/// </summary>
/// <typeparam name="TSink">Where records and problems go.</typeparam>
public sealed partial class MasterFileReader<TSink>
    where TSink : struct, IMasterFileSink
{
    /// <summary>Errors after which the rest of the files is left unread.</summary>
    public const int MaxErrors = 100;

    /// <summary>Octets of RDATA that fit in a message of 65,535 with its header, the root as owner and no question.</summary>
    private const int MaxRdataBytes = ushort.MaxValue - 12 - 1 - 10;

    private const int EntriesPerProgress = 32_768;
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly IMasterFileSource _source;
    private readonly DomainName _zone;
    private readonly byte[] _owner = new byte[WireName.MaxBytes];
    private byte[] _rdata = []; // While reading.
    private TSink _sink;
    private byte[] _origin;
    private int _ownerLength;
    private OwnerState _ownerState;
    private uint? _defaultTtl;
    private uint? _lastTtl;
    private bool _saidLastTtl;
    private bool _isOriginNew;
    private ulong _typeWord;
    private RecordType _type;
    private int _errors;
    private string _file = "";
    private int _line;
    private int _entries;
    private long _records;
    private long _generated;
    private long _bytesDone;
    private long _bytesTotal;

    /// <summary>Makes a reader for one zone.</summary>
    /// <param name="source">Reads the file and what it includes.</param>
    /// <param name="origin">Name of the zone, and what relative names are completed with at first.</param>
    /// <param name="sink">Where records and problems go.</param>
    public MasterFileReader(IMasterFileSource source, DomainName origin, TSink sink)
    {
        _source = source;
        _zone = origin;
        _origin = origin.Wire.ToArray();
        _sink = sink;
    }

    private enum OwnerState
    {
        None,
        Good,
        Bad,
        OutOfZone,
    }

    /// <summary>The sink with what it has gathered.</summary>
    public ref TSink Sink => ref _sink;

    /// <summary>Number of errors so far; 0 means that everything was taken.</summary>
    public int ErrorCount => _errors;

    /// <summary>Number of records that the sink was given.</summary>
    public long RecordCount => _records;

    /// <summary>The class of the zone; records of another class are errors.</summary>
    public RecordClass ZoneClass { get; init; } = RecordClass.In;

    /// <summary>True takes the types MD and MF, which RFC 973 withdrew, as a secondary must.</summary>
    public bool TakesObsoleteTypes { get; init; }

    /// <summary>Most records that all $GENERATE directives together may make.</summary>
    public long MaxGeneratedRecords { get; init; } = 1 << 24;

    /// <summary>Called now and then while reading, and once at the end; null for never.</summary>
    public Action<MasterFileProgress>? Progress { get; init; }

    private ReadOnlySpan<byte> Owner => _owner.AsSpan(0, _ownerLength);

    /// <summary>Reads a file and what it includes. False when there were errors.</summary>
    public bool Read(string path)
    {
        if (_source.TryOpen(path, out Stream? content, out string reason))
        {
            using (content)
                return Read(content, path);
        }

        _errors++;
        _sink.Problem(new MasterFileProblem(true, path, 0, reason));
        return false;
    }

    /// <summary>Reads a file that is open already, under the name <paramref name="file"/>.</summary>
    public bool Read(Stream content, string file)
    {
        ArgumentNullException.ThrowIfNull(content);
        _rdata = ArrayPool<byte>.Shared.Rent(MaxRdataBytes);
        ReadWindows(content, file, depth: 0);
        ArrayPool<byte>.Shared.Return(_rdata);
        _rdata = [];
        if (_errors >= MaxErrors)
            _sink.Problem(new MasterFileProblem(false, file, 0, "too many errors; the rest is left unread"));
        Progress?.Invoke(new MasterFileProgress(_records, _bytesDone, _bytesTotal));
        return _errors == 0;
    }

    private void ReadWindows(Stream content, string file, int depth)
    {
        (string outerFile, int outerLine) = (_file, _line);
        _file = file;
        _line = 1;
        _bytesTotal += content.CanSeek ? content.Length : 0;
        using MasterFileWindow window = new(content);
        int done = 0;
        while (_errors < MaxErrors && !window.IsLast)
        {
            bool isFirst = window.Text.IsEmpty;
            if (window.Move(done) is { } problem)
            {
                Error(problem);
                break;
            }

            if (isFirst && window.Text.StartsWith(ByteOrderMark))
                Warn("file starts with a byte order mark, which is read as part of its first word");

            done = ReadEntries(window, depth);
            _bytesDone += done;
        }

        (_file, _line) = (outerFile, outerLine);
    }

    /// <summary>Reads the entries that are whole in the window, and says how many octets they have.</summary>
    private int ReadEntries(MasterFileWindow window, int depth)
    {
        MasterFileScanner scanner = new(window.Text, line: _line, isLast: window.IsLast);
        while (_errors < MaxErrors && scanner.TryNext(out string? error))
        {
            _line = scanner.EntryLine;
            if (error is not null)
                Error(error);
            else
                ReadEntry(ref scanner, depth);
            if (++_entries % EntriesPerProgress == 0)
                Progress?.Invoke(new MasterFileProgress(_records, _bytesDone + scanner.Position, _bytesTotal));
        }

        if (_errors < MaxErrors && scanner.EndsInsideLine && window.IsLast)
            Warn("file does not end with newline");
        _line = scanner.Line;
        return scanner.Position;
    }

    private void ReadEntry(ref MasterFileScanner scanner, int depth)
    {
        if (scanner.StartsBlank)
        {
            SayOwnerFromOtherOrigin();
            if (_ownerState == OwnerState.None)
                Error("no current owner name");
            else if (_ownerState != OwnerState.Bad)
                ReadRecord(ref scanner, 0);
            return;
        }

        ReadOnlySpan<byte> first = scanner.TextOf(scanner.Tokens[0]);
        if (!first.IsEmpty && first[0] == (byte)'$')
        {
            ReadDirective(ref scanner, depth);
            return;
        }

        if (TryTakeOwner(first))
            ReadRecord(ref scanner, 1);
    }

    private bool TryTakeOwner(ReadOnlySpan<byte> word)
    {
        NameTextError bad = NameText.TryParse(word, _origin, _owner, out _ownerLength);
        if (bad != NameTextError.None)
        {
            _ownerState = OwnerState.Bad;
            Error($"bad owner name '{MasterFileWords.Show(word)}': {MasterFileWords.Describe(bad)}");
            return false;
        }

        _ownerState = OwnerState.Good;
        _isOriginNew = false;
        if (!WireName.IsAtOrBelow(Owner, _zone.Wire))
        {
            _ownerState = OwnerState.OutOfZone;
            Warn($"ignoring out-of-zone data ({NameText.ToText(Owner, keepFinalDot: false)})");
        }

        return true;
    }

    /// <summary>Whoever writes a blank owner after $ORIGIN may have meant the new origin; it is still the owner before.</summary>
    private void SayOwnerFromOtherOrigin()
    {
        if (!_isOriginNew || _ownerState != OwnerState.Good)
            return;
        _isOriginNew = false;
        string owner = NameText.ToText(Owner, keepFinalDot: false);
        Warn($"record with inherited owner ({owner}) immediately after $ORIGIN ({NameText.ToText(_origin, keepFinalDot: false)})");
    }

    private void ReadRecord(ref MasterFileScanner scanner, int next)
    {
        if (!TryReadHead(ref scanner, ref next, out RecordType type, out uint? ttl))
            return;
        RdataText words = scanner.RdataFrom(next, _origin);
        ReadRdata(type, ttl, words, isGenerated: false);
    }

    /// <summary>Reads what stands between owner and RDATA: TTL and class, either first, both optional, and the type.</summary>
    private bool TryReadHead(ref MasterFileScanner scanner, ref int next, out RecordType type, out uint? ttl)
    {
        ReadOnlySpan<TextToken> tokens = scanner.Tokens;
        RecordClass recordClass = default;
        bool hasClass = false;
        ttl = null;
        for (; next < tokens.Length; next++)
        {
            ReadOnlySpan<byte> word = scanner.TextOf(tokens[next]);
            if (tokens[next].Quoted)
                break;
            if (ttl is null && char.IsAsciiDigit((char)word[0]))
            {
                if (!TryReadTtl(word, out uint seconds))
                    return Fail($"bad TTL '{MasterFileWords.Show(word)}'", out type);
                ttl = seconds;
            }
            else if (!hasClass && MasterFileWords.TryParseClass(word, out recordClass))
            {
                hasClass = true;
            }
            else
            {
                break;
            }
        }

        if (ttl is not null)
            _lastTtl = ttl;
        if (next == tokens.Length)
            return Fail("unexpected end of line: there is no record type", out type);
        ReadOnlySpan<byte> typeWord = scanner.TextOf(tokens[next]);
        if (tokens[next].Quoted)
            return Fail($"near '{MasterFileWords.Show(typeWord)}': quotes where a record type is expected", out type);
        if (!TryReadType(typeWord, out type))
            return Fail($"unknown RR type '{MasterFileWords.Show(typeWord)}'", out type);
        next++;
        if (hasClass && recordClass != ZoneClass && recordClass.Value != 0)
            return Fail($"class '{recordClass}' != zone class '{ZoneClass}'", out type);
        if (type.IsMeta)
            return Fail($"type '{type}': invalid use of a meta type", out type);
        if (!TakesObsoleteTypes && (type == RecordType.Md || type == RecordType.Mf))
            return Fail($"type '{type}': obsolete", out type);
        return true;
    }

    private void ReadRdata(RecordType type, uint? ttl, RdataText words, bool isGenerated)
    {
        RdataText text = words;
        if (!RecordFormats.Of(type).TryParseText(ref text, _rdata.AsSpan(0, MaxRdataBytes), out int length, out string? problem))
        {
            Error($"{NameText.ToText(Owner, keepFinalDot: false)}/{type}: {problem}");
            return;
        }

        if (_ownerState == OwnerState.OutOfZone || !TryChooseTtl(ttl, type, length, out uint chosen))
            return;
        _records++;
        _sink.Record(new MasterFileRecord
        {
            Owner = Owner,
            Type = type,
            Ttl = chosen,
            Rdata = _rdata.AsSpan(0, length),
            Words = words,
            File = _file,
            Line = _line,
            IsGenerated = isGenerated,
        });
    }

    /// <summary>
    /// Written TTL, else $TTL (RFC 2308 §4), else the TTL before (RFC 1035 §5.1), else for the SOA its own MINIMUM.
    /// </summary>
    private bool TryChooseTtl(uint? written, RecordType type, int rdataLength, out uint ttl)
    {
        if ((written ?? _defaultTtl) is { } own)
        {
            ttl = own;
            return true;
        }

        if (_lastTtl is { } before)
        {
            if (!_saidLastTtl)
                Warn("using RFC1035 TTL semantics: no $TTL, so the TTL is that of the record before");
            _saidLastTtl = true;
            ttl = before;
            return true;
        }

        if (type == RecordType.Soa)
        {
            Warn("no TTL specified; using SOA MINTTL instead");
            ttl = Limit(new SoaData(_rdata.AsSpan(0, rdataLength)).MinimumSeconds);
            _defaultTtl = ttl;
            return true;
        }

        return Fail("no TTL specified; zone rejected", out ttl);
    }

    private bool TryReadTtl(ReadOnlySpan<byte> word, out uint seconds)
    {
        if (!TtlText.TryParse(word, uint.MaxValue, out seconds))
            return false;
        seconds = Limit(seconds);
        return true;
    }

    /// <summary>A TTL with its highest bit set is read as 0 (RFC 2181 §8).</summary>
    private uint Limit(uint seconds)
    {
        if (seconds <= TtlText.MaxTtlSeconds)
            return seconds;
        Warn($"TTL {seconds} > MAXTTL, setting TTL to 0");
        return 0;
    }

    /// <summary>Most records have the type of the one before, in the same letters: those are compared first, as one number.</summary>
    private bool TryReadType(ReadOnlySpan<byte> word, out RecordType type)
    {
        ulong packed = 0;
        if (word.Length < sizeof(ulong))
        {
            foreach (byte octet in word)
                packed = (packed << 8) | octet;
            type = _type;
            if (packed != 0 && packed == _typeWord)
                return true;
        }

        if (!MasterFileWords.TryParseType(word, out type))
            return false;
        (_typeWord, _type) = (packed, type);
        return true;
    }

    private bool Fail<T>(string message, out T nothing)
        where T : struct
    {
        nothing = default;
        Error(message);
        return false;
    }

    private void Error(string message)
    {
        _errors++;
        _sink.Problem(new MasterFileProblem(true, _file, _line, message));
    }

    private void Warn(string message) => _sink.Problem(new MasterFileProblem(false, _file, _line, message));
}

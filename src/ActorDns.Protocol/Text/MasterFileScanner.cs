namespace ActorDns.Protocol.Text;

/// <summary>
/// Cuts a master file into entries and their words (RFC 1035 §5.1): comments, parentheses over several lines, quotes. Words keep
/// their escapes and lie in the text; nothing is copied. Line ends are LF, CR LF or CR; a line is counted at its LF.
/// </summary>
internal ref struct MasterFileScanner
{
    /// <summary>Most words of one entry: RDATA of the largest size, every hex digit a word of its own, and some.</summary>
    public const int MaxWords = 1 << 18;

    private const int UsualWords = 64;
    private static readonly bool[] EndsWord = MakeTable(" \t\r\n;()\"\0"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _isLast;
    private TextToken[] _tokens;
    private int _count;
    private bool _metEnd;

    /// <summary>Starts at the start of an entry.</summary>
    /// <param name="text">The text, or a part of it.</param>
    /// <param name="tokens">Room for words that is used as long as it is enough.</param>
    /// <param name="line">The line that the text starts on.</param>
    /// <param name="isLast">False when more follows, so that an entry which meets the end of this part is left for the next.</param>
    public MasterFileScanner(ReadOnlySpan<byte> text, TextToken[]? tokens = null, int line = 1, bool isLast = true)
    {
        _text = text;
        _tokens = tokens ?? new TextToken[UsualWords];
        Line = line;
        _isLast = isLast;
    }

    /// <summary>The words of the current entry.</summary>
    public readonly ReadOnlySpan<TextToken> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>The line that the current entry starts on; after an error, the line of the error.</summary>
    public int EntryLine { get; private set; }

    /// <summary>True when the entry starts with white space, so that its owner is the one before.</summary>
    public bool StartsBlank { get; private set; }

    /// <summary>Octets read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The line that is read next.</summary>
    public int Line { get; private set; }

    /// <summary>True when the text has been read to its end and that is neither a line end nor in a comment.</summary>
    public bool EndsInsideLine { get; private set; }

    /// <summary>The octets of a word.</summary>
    public readonly ReadOnlySpan<byte> TextOf(TextToken token) => _text.Slice(token.Start, token.Length);

    /// <summary>The words from <paramref name="first"/> on, as RDATA.</summary>
    public readonly RdataText RdataFrom(int first, ReadOnlySpan<byte> origin) => new(_text, Tokens[first..], origin);

    /// <summary>
    /// Reads the next entry that is not empty. False at the end of the text, or before an entry that is not whole in this part of it. On an
    /// error the entry has no words, and reading goes on after the line of the error.
    /// </summary>
    public bool TryNext(out string? error)
    {
        error = null;
        while (Position < _text.Length)
        {
            _count = 0;
            EntryLine = Line;
            StartsBlank = _text[Position] is (byte)' ' or (byte)'\t';
            _metEnd = false;
            int start = Position;
            error = ReadEntry();
            if (!_isLast && (_metEnd || (error is not null && !_text[Position..].Contains((byte)'\n'))))
            {
                Position = start;
                Line = EntryLine;
                error = null;
                return false;
            }

            if (error is not null)
                Recover(start);
            if (error is not null || _count > 0)
                return true;
        }

        return false;
    }

    private string? ReadEntry()
    {
        int depth = 0;
        bool endsInComment = false;
        ReadOnlySpan<byte> text = _text;
        while (Position < text.Length)
        {
            switch (text[Position])
            {
                case (byte)'\n':
                    Position++;
                    Line++;
                    if (depth == 0)
                        return null;
                    break;
                case (byte)' ' or (byte)'\t':
                    Position++;
                    break;
                case (byte)'\r':
                    Position++;
                    if (depth > 0)
                        break;
                    TakeLineFeed();
                    return null;
                case (byte)';':
                    int end = text[Position..].IndexOf((byte)'\n');
                    Position = end < 0 ? text.Length : Position + end;
                    endsInComment = end < 0;
                    break;
                case (byte)'(':
                    depth++;
                    Position++;
                    break;
                case (byte)')':
                    if (--depth < 0)
                        return "unbalanced parentheses";
                    Position++;
                    break;
                case (byte)'"':
                    if (!TryReadQuoted())
                        return "unbalanced quotes";
                    break;
                case 0:
                    return "a NUL octet stands outside quotes";
                default:
                    ReadWord();
                    break;
            }

            if (_count == MaxWords)
                return $"more than {MaxWords} words in one record";
        }

        _metEnd = true;
        EndsInsideLine = !endsInComment;
        return depth == 0 ? null : "unbalanced parentheses: the file ends inside them";
    }

    /// <summary>Goes to the line after an error; after parentheses that stay open, to the second line of the entry.</summary>
    private void Recover(int start)
    {
        _count = 0;
        if (Position == _text.Length)
        {
            Position = start;
            Line = EntryLine;
            EndsInsideLine = false;
        }
        else
        {
            EntryLine = Line;
        }

        int end = _text[Position..].IndexOf((byte)'\n');
        Position = end < 0 ? _text.Length : Position + end + 1;
        Line++;
    }

    private void TakeLineFeed()
    {
        if (Position >= _text.Length || _text[Position] != (byte)'\n')
            return;
        Position++;
        Line++;
    }

    /// <summary>Reads up to the closing quote; a line end is part of the word when a backslash stands before it.</summary>
    private bool TryReadQuoted()
    {
        ReadOnlySpan<byte> text = _text;
        int start = Position + 1;
        int lines = 0;
        for (int at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case (byte)'"':
                    Add(new TextToken(start, at - start, true));
                    Position = at + 1;
                    Line += lines;
                    return true;
                case (byte)'\n':
                    return false;
                case (byte)'\\' when at + 1 < text.Length:
                    at++;
                    if (text[at] == (byte)'\n')
                        lines++;
                    break;
                default:
                    break;
            }
        }

        _metEnd = true;
        return false;
    }

    private void ReadWord()
    {
        ReadOnlySpan<byte> text = _text;
        bool[] endsWord = EndsWord;
        int start = Position;
        int at = start;
        while (at < text.Length && !endsWord[text[at]])
        {
            // A backslash takes the next octet along, but never a line end.
            bool isEscape = text[at] == (byte)'\\' && at + 1 < text.Length && text[at + 1] is not ((byte)'\n' or (byte)'\r');
            at += isEscape ? 2 : 1;
        }

        Add(new TextToken(start, at - start, false));
        Position = at;
    }

    private void Add(TextToken token)
    {
        if (_count == _tokens.Length)
            Array.Resize(ref _tokens, _count * 2);
        _tokens[_count++] = token;
    }

    private static bool[] MakeTable(ReadOnlySpan<byte> octets)
    {
        bool[] table = new bool[256];
        foreach (byte octet in octets)
            table[octet] = true;
        return table;
    }
}

namespace ActorDns.Protocol.Text;

/// <summary>
/// Cuts a master file into entries and their words (RFC 1035 §5.1): comments, parentheses over several lines, quotes. Words keep
/// their escapes and lie in the text; nothing is copied.
/// </summary>
internal ref struct MasterFileScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private TextToken[] _tokens = new TextToken[64];
    private int _count;
    private int _line = 1;

    /// <summary>The words of the current entry.</summary>
    public readonly ReadOnlySpan<TextToken> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>The line that the current entry starts on.</summary>
    public int EntryLine { get; private set; }

    /// <summary>True when the entry starts with white space, so that its owner is the one before.</summary>
    public bool StartsBlank { get; private set; }

    /// <summary>Octets read so far.</summary>
    public int Position { get; private set; }

    /// <summary>The octets of a word.</summary>
    public readonly ReadOnlySpan<byte> TextOf(TextToken token) => _text.Slice(token.Start, token.Length);

    /// <summary>The words from <paramref name="first"/> on, as RDATA.</summary>
    public readonly RdataText RdataFrom(int first, ReadOnlySpan<byte> origin) => new(_text, Tokens[first..], origin);

    /// <summary>
    /// Reads the next entry that is not empty. False at the end of the text. On an error the entry has no words, and reading goes on after
    /// its line.
    /// </summary>
    public bool TryNext(out string? error)
    {
        error = null;
        while (Position < _text.Length)
        {
            _count = 0;
            EntryLine = _line;
            StartsBlank = _text[Position] is (byte)' ' or (byte)'\t';
            error = ReadEntry();
            if (error is not null)
            {
                _count = 0;
                SkipLine();
                return true;
            }

            if (_count > 0)
                return true;
        }

        return false;
    }

    private string? ReadEntry()
    {
        int depth = 0;
        ReadOnlySpan<byte> text = _text;
        while (Position < text.Length)
        {
            byte octet = text[Position];
            switch (octet)
            {
                case (byte)'\n':
                    Position++;
                    _line++;
                    if (depth == 0)
                        return null;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    Position++;
                    break;
                case (byte)';':
                    int end = text[Position..].IndexOf((byte)'\n');
                    Position = end < 0 ? text.Length : Position + end;
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
                    return "a NUL octet; this is not a text file";
                default:
                    ReadWord();
                    break;
            }
        }

        return depth == 0 ? null : "unbalanced parentheses: the file ends inside them";
    }

    private bool TryReadQuoted()
    {
        int start = Position + 1;
        int at = start;
        while (at < _text.Length && _text[at] is not ((byte)'"' or (byte)'\n'))
            at += _text[at] == (byte)'\\' && at + 1 < _text.Length && _text[at + 1] != (byte)'\n' ? 2 : 1;
        if (at >= _text.Length || _text[at] != (byte)'"')
            return false;
        Add(new TextToken(start, at - start, true));
        Position = at + 1;
        return true;
    }

    private void ReadWord()
    {
        int start = Position;
        int at = start;
        ReadOnlySpan<byte> text = _text;
        while (at < text.Length)
        {
            byte octet = text[at];
            if (octet is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)';' or (byte)'(' or (byte)')' or (byte)'"' or 0)
                break;
            at += octet == (byte)'\\' && at + 1 < text.Length && text[at + 1] != (byte)'\n' ? 2 : 1;
        }

        Add(new TextToken(start, at - start, false));
        Position = at;
    }

    private void SkipLine()
    {
        int end = _text[Position..].IndexOf((byte)'\n');
        Position = end < 0 ? _text.Length : Position + end + 1;
        _line++;
    }

    private void Add(TextToken token)
    {
        if (_count == _tokens.Length)
            Array.Resize(ref _tokens, _count * 2);
        _tokens[_count++] = token;
    }
}

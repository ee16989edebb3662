namespace ActorDns.Protocol.Text;

/// <summary>
/// A cursor over the words of one record's RDATA in presentation form (RFC 1035 §5.1). Words keep their escapes; parentheses,
/// comments and line ends are already gone. Copying the value keeps a place to come back to.
/// </summary>
/// <param name="source">The text that the words lie in.</param>
/// <param name="tokens">The words after the record type, in order.</param>
/// <param name="originWire">What completes relative names, uncompressed; empty when nothing does.</param>
public ref struct RdataText(ReadOnlySpan<byte> source, ReadOnlySpan<TextToken> tokens, ReadOnlySpan<byte> originWire)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private readonly ReadOnlySpan<TextToken> _tokens = tokens;
    private int _next;

    /// <summary>What completes relative names, uncompressed; empty when nothing does.</summary>
    public ReadOnlySpan<byte> Origin { get; } = originWire;

    /// <summary>True when every word has been taken.</summary>
    public readonly bool AtEnd => _next >= _tokens.Length;

    /// <summary>Takes the next word.</summary>
    public bool TryNext(out ReadOnlySpan<byte> text, out bool quoted)
    {
        if (!TryPeek(out text, out quoted))
            return false;
        _next++;
        return true;
    }

    /// <summary>Looks at the next word without taking it.</summary>
    public readonly bool TryPeek(out ReadOnlySpan<byte> text, out bool quoted)
    {
        if (_next >= _tokens.Length)
        {
            text = default;
            quoted = false;
            return false;
        }

        TextToken token = _tokens[_next];
        text = _source.Slice(token.Start, token.Length);
        quoted = token.Quoted;
        return true;
    }

    /// <summary>True when one of the words taken since a copy was made stood in quotes.</summary>
    internal readonly bool HasQuotedSince(in RdataText before)
    {
        for (int word = before._next; word < _next; word++)
        {
            if (_tokens[word].Quoted)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Takes a quoted word whose opening quote directly follows the word taken last, as in <c>alpn="h2"</c> (RFC 9460 §2.1).
    /// </summary>
    internal bool TryNextAttached(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_next == 0 || _next >= _tokens.Length)
            return false;
        TextToken before = _tokens[_next - 1];
        TextToken token = _tokens[_next];
        if (!token.Quoted || before.Quoted || token.Start != before.Start + before.Length + 1)
            return false;
        _next++;
        text = _source.Slice(token.Start, token.Length);
        return true;
    }
}

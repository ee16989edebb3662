namespace ActorDns.Configuration.Syntax;

/// <summary>The tokens of a file and of all files that it includes, as one stream with one token of look-ahead.</summary>
internal sealed class TokenStream(Lexer root)
{
    private const int MaxIncludeDepth = 64;
    private readonly Stack<Lexer> _open = new([root]);
    private Token? _peeked;

    public Token Peek => _peeked ??= Read();

    public Token Next()
    {
        Token token = Peek;
        _peeked = null;
        return token;
    }

    /// <summary>Puts a file in front of the rest; must stand at a token boundary.</summary>
    public void Push(Lexer lexer, SourcePosition includedAt)
    {
        if (_peeked is not null)
            throw new InvalidOperationException("an include may not be opened behind a token read ahead");
        if (_open.Count >= MaxIncludeDepth)
            throw new ConfigSyntaxException(includedAt, $"include '{lexer.File}': nested deeper than {MaxIncludeDepth} files");
        _open.Push(lexer);
    }

    /// <summary>The text from the token just peeked up to where <paramref name="last"/> ends, when both are in one file.</summary>
    public string Slice(Token first, Token last) =>
        _open.Peek() is { } lexer && lexer.File == first.Position.File && first.Start <= last.Start
            ? lexer.Text[first.Start..(last.Start + 1)]
            : "{ }";

    private Token Read()
    {
        while (true)
        {
            Token token = _open.Peek().Next();
            if (token.Kind != TokenKind.End || _open.Count == 1)
                return token;
            _open.Pop();
        }
    }
}

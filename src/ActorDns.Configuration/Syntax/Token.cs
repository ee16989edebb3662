namespace ActorDns.Configuration.Syntax;

/// <summary>One token with the line its last character stands on and its place in the text.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, SourcePosition Position, int Start)
{
    public bool IsSpecial(char c) => Kind == TokenKind.Special && Text[0] == c;

    public bool IsWord(string word) => Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a bare word and for a quoted string.</summary>
    public bool IsText => Kind is TokenKind.Word or TokenKind.Quoted;

    /// <summary>How error messages name the token.</summary>
    public string Shown => Kind switch
    {
        TokenKind.End => "end of file",
        TokenKind.Quoted => "'\"'",
        _ => $"'{Text}'",
    };
}

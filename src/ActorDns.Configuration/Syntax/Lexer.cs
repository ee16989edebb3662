using System.Text;

namespace ActorDns.Configuration.Syntax;

/// <summary>
/// Cuts one file into tokens: <c>{ } ; / " !</c> stand alone, quoted strings may span lines, and <c>/* */</c>, <c>//</c> and
/// <c>#</c> begin comments, in the middle of a word too.
/// </summary>
internal sealed class Lexer(string text, string file)
{
    private int _at;
    private int _line = 1;

    public string File => file;

    public string Text => text;

    public SourcePosition Position => new(file, _line);

    public int Offset => _at;

    public Token Next()
    {
        SkipBlanksAndComments();
        if (_at >= text.Length)
            return new Token(TokenKind.End, "", Position, _at);
        int start = _at;
        char c = text[_at];
        if (c == '"')
            return Quoted();
        if (IsSpecial(c))
        {
            _at++;
            return new Token(TokenKind.Special, c.ToString(), Position, start);
        }

        while (_at < text.Length && !IsSpecial(text[_at]) && !IsBlank(text[_at]) && text[_at] != '#')
            _at++;
        return new Token(TokenKind.Word, text[start.._at], Position, start);
    }

    private static bool IsSpecial(char c) => c is '{' or '}' or ';' or '/' or '"' or '!';

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\r' or '\n';

    private Token Quoted()
    {
        int start = _at++;
        StringBuilder value = new();
        while (true)
        {
            if (_at >= text.Length)
                throw new ConfigSyntaxException(Position, "unexpected end of input");
            char c = text[_at++];
            if (c == '\n')
                _line++;
            if (c == '"')
                return new Token(TokenKind.Quoted, value.ToString(), Position, start);
            if (c == '\\' && _at < text.Length)
            {
                char escaped = text[_at++];
                if (escaped == '\n')
                    _line++;
                if (escaped != '"')
                    value.Append('\\');
                value.Append(escaped);
                continue;
            }

            value.Append(c);
        }
    }

    private void SkipBlanksAndComments()
    {
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == '\n')
                _line++;
            if (IsBlank(c))
            {
                _at++;
                continue;
            }

            char next = _at + 1 < text.Length ? text[_at + 1] : '\0';
            if (c == '#' || (c == '/' && next == '/'))
                SkipLine();
            else if (c == '/' && next == '*')
                SkipBlockComment();
            else
                return;
        }
    }

    private void SkipLine()
    {
        int end = text.IndexOf('\n', _at);
        _at = end < 0 ? text.Length : end;
    }

    private void SkipBlockComment()
    {
        int end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        int stop = end < 0 ? text.Length : end + 2;
        _line += text.AsSpan(_at, stop - _at).Count('\n');
        _at = stop;
        if (end < 0)
            throw new ConfigSyntaxException(Position, "unexpected end of input");
    }
}

using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A value of one token, described by two functions.</summary>
internal sealed class ScalarGrammar(
    ScalarKind kind, string expected, Func<Token, bool> canStart, ScalarGrammar.Reader read) : ValueGrammar
{
    /// <summary>Reads the token's text into the plain and the canonical form; an error message when it does not fit.</summary>
    public delegate string? Reader(Token token, out string text, out string canonical);

    public override bool CanStart(Token token) => canStart(token);

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token token = parser.Tokens.Next();
        if (!canStart(token))
            throw ConfigParser.Near(token, expected);
        string? error = read(token, out string text, out string canonical);
        if (error is not null)
            throw new ConfigSyntaxException(token.Position, error);
        into.Add(new SyntaxValue.Scalar(token.Position, kind, text, canonical));
    }
}

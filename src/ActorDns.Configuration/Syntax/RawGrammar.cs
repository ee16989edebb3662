using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A balanced pair of braces with anything in it, kept as text.</summary>
internal sealed class RawGrammar : ValueGrammar
{
    public override bool CanStart(Token token) => token.IsSpecial('{');

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token first = parser.ExpectSpecial('{');
        int depth = 1;
        while (true)
        {
            Token token = parser.Tokens.Next();
            if (token.Kind == TokenKind.End)
                throw ConfigParser.Near(token, "'}' expected");
            if (token.IsSpecial('{'))
                depth++;
            if (token.IsSpecial('}') && --depth == 0)
            {
                into.Add(new SyntaxValue.Raw(first.Position, parser.Tokens.Slice(first, token)));
                return;
            }
        }
    }
}

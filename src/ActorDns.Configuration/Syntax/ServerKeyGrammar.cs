using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>One key name, with or without braces around it.</summary>
internal sealed class ServerKeyGrammar : ValueGrammar
{
    public override bool CanStart(Token token) => token.IsText || token.IsSpecial('{');

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        bool isBraced = parser.Tokens.Peek.IsSpecial('{');
        if (isBraced)
            parser.Tokens.Next();
        ScalarGrammars.String.Parse(parser, into);
        if (!isBraced)
            return;
        parser.ExpectSemicolon();
        parser.ExpectSpecial('}');
    }
}

using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>Elements between braces, each ended by a semicolon.</summary>
internal sealed class ListGrammar(ValueGrammar element) : ValueGrammar
{
    public override bool CanStart(Token token) => token.IsSpecial('{');

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        SourcePosition at = parser.ExpectSpecial('{').Position;
        parser.Enter(at);
        var items = ImmutableArray.CreateBuilder<SyntaxValue>();
        while (!parser.Tokens.Peek.IsSpecial('}'))
        {
            items.Add(element.ParseOne(parser));
            parser.ExpectSemicolon();
        }

        parser.Leave();
        parser.ExpectSpecial('}');
        into.Add(new SyntaxValue.List(at, items.ToImmutable()));
    }
}

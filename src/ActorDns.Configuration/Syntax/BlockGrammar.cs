using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A braced block with a table of its own.</summary>
internal sealed class BlockGrammar(string block) : ValueGrammar
{
    public override bool CanStart(Token token) => token.IsSpecial('{');

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        SourcePosition at = parser.ExpectSpecial('{').Position;
        parser.Enter(at);
        into.Add(parser.ParseStatements(GrammarBook.Get(block), at));
        parser.Leave();
        parser.ExpectSpecial('}');
    }
}

using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>One fixed word.</summary>
internal sealed class KeywordGrammar(string word) : ValueGrammar
{
    public string Word => word;

    public override bool CanStart(Token token) => token.IsWord(word);

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token token = parser.Tokens.Next();
        if (!token.IsWord(word))
            throw ConfigParser.Near(token, $"expected '{word}'");
        into.Add(new SyntaxValue.Scalar(token.Position, ScalarKind.Word, word, token.Text));
    }
}

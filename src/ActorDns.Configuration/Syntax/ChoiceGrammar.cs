using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>One of several values, chosen by the first token; the last is tried when none fits, for its error message.</summary>
internal sealed class ChoiceGrammar(IReadOnlyList<ValueGrammar> choices) : ValueGrammar
{
    private readonly bool _isClosed = choices.All(c => c is KeywordGrammar or SequenceGrammar);

    public override bool CanStart(Token token) => choices.Any(c => c.CanStart(token));

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token token = parser.Tokens.Peek;
        foreach (ValueGrammar choice in choices)
        {
            if (!choice.CanStart(token))
                continue;
            choice.Parse(parser, into);
            return;
        }

        if (!_isClosed)
        {
            choices[^1].Parse(parser, into);
            return;
        }

        parser.Tokens.Next();
        throw token.Kind == TokenKind.Word
            ? new ConfigSyntaxException(token.Position, $"'{token.Text}' unexpected")
            : ConfigParser.Near(token, "expected unquoted string");
    }
}

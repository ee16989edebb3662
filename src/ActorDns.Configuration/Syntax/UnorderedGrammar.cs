using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>Keyworded parts that may come in any order, each at most once; kept in the order of the table.</summary>
internal sealed class UnorderedGrammar(IReadOnlyList<OptionGrammar> options) : ValueGrammar
{
    public override bool CanStart(Token token) => options.Any(o => o.CanStart(token));

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        var found = new SyntaxValue?[options.Count];
        while (true)
        {
            Token token = parser.Tokens.Peek;
            int index = IndexOf(token);
            if (index < 0)
                break;
            if (found[index] is not null)
                throw ConfigParser.Near(token, $"unexpected '{options[index].Keyword}'");
            found[index] = options[index].ParseOne(parser);
        }

        into.AddRange(found.OfType<SyntaxValue>());
    }

    private int IndexOf(Token token)
    {
        for (int i = 0; i < options.Count; i++)
        {
            if (options[i].CanStart(token))
                return i;
        }

        return -1;
    }
}

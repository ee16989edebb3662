using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>How a value is written: reads tokens and appends the values they make.</summary>
internal abstract class ValueGrammar
{
    /// <summary>True when the token can begin this value.</summary>
    public abstract bool CanStart(Token token);

    public abstract void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into);

    /// <summary>Parses into one value of its own.</summary>
    public SyntaxValue ParseOne(ConfigParser parser)
    {
        SourcePosition at = parser.Tokens.Peek.Position;
        var items = ImmutableArray.CreateBuilder<SyntaxValue>();
        Parse(parser, items);
        return items.Count == 1 ? items[0] : new SyntaxValue.Sequence(at, items.ToImmutable());
    }
}

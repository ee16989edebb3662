using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A value that may be left out and has no keyword of its own.</summary>
internal sealed class OptionalGrammar(ValueGrammar inner) : ValueGrammar
{
    public override bool CanStart(Token token) => inner.CanStart(token);

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        if (inner.CanStart(parser.Tokens.Peek))
            inner.Parse(parser, into);
    }
}

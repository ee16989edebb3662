using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>Parts one after another; the first decides whether the whole can begin.</summary>
internal sealed class SequenceGrammar(IReadOnlyList<ValueGrammar> parts) : ValueGrammar
{
    public override bool CanStart(Token token)
    {
        foreach (ValueGrammar part in parts)
        {
            if (part.CanStart(token))
                return true;
            if (part is not OptionGrammar { IsRequired: false } and not OptionalGrammar and not UnorderedGrammar)
                return false;
        }

        return parts.Count == 0;
    }

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        foreach (ValueGrammar part in parts)
            part.Parse(parser, into);
    }
}

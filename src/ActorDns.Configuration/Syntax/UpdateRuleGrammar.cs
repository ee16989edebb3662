using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A rule of <c>update-policy</c>: grant or deny, identity, rule type, name (not for <c>zonesub</c>), types.</summary>
internal sealed class UpdateRuleGrammar : ValueGrammar
{
    private static readonly ChoiceGrammar Mode = new([new KeywordGrammar("deny"), new KeywordGrammar("grant")]);

    private static readonly ChoiceGrammar RuleType = new([
        .. new[]
        {
            "6to4-self", "external", "krb5-self", "krb5-selfsub", "krb5-subdomain", "krb5-subdomain-self-rhs", "ms-self",
            "ms-selfsub", "ms-subdomain", "ms-subdomain-self-rhs", "name", "self", "selfsub", "selfwild", "subdomain",
            "tcp-self", "wildcard", "zonesub",
        }.Select(w => new KeywordGrammar(w)),
    ]);

    public override bool CanStart(Token token) => Mode.CanStart(token);

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Mode.Parse(parser, into);
        ScalarGrammars.String.Parse(parser, into);
        RuleType.Parse(parser, into);
        bool hasName = into[^1].AsText() != "zonesub";
        if (hasName)
            ScalarGrammars.String.Parse(parser, into);
        while (parser.Tokens.Peek.IsText)
            ScalarGrammars.String.Parse(parser, into);
    }
}

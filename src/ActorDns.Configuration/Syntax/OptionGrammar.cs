using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>A keyword with what follows it; may be left out unless it is required.</summary>
internal sealed class OptionGrammar(string keyword, ValueGrammar? value, bool isRequired, bool isNewer) : ValueGrammar
{
    public string Keyword => keyword;

    public bool IsRequired => isRequired;

    public override bool CanStart(Token token) => token.IsWord(keyword);

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token token = parser.Tokens.Peek;
        if (!CanStart(token))
        {
            if (isRequired)
                throw ConfigParser.Near(token, $"expected '{keyword}'");
            return;
        }

        parser.Tokens.Next();
        if (isNewer)
            parser.Report(DiagnosticSeverity.CheckError, token.Position, $"unexpected '{keyword}' (known to BIND 9.20 and later)");
        into.Add(new SyntaxValue.Option(token.Position, keyword, value?.ParseOne(parser)));
    }
}

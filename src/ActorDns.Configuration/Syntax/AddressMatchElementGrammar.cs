using System.Collections.Immutable;

namespace ActorDns.Configuration.Syntax;

/// <summary>An element of an address match list: address, prefix, key, list name, nested list, or one of these negated.</summary>
internal sealed class AddressMatchElementGrammar : ValueGrammar
{
    private static readonly ChoiceGrammar GeoIpType = new([
        .. ("area areacode asnum city continent country country3 countryname isp domain metro metrocode netspeed org postal "
            + "postalcode region regionname tz timezone").Split(' ').Select(w => new KeywordGrammar(w)),
    ]);

    private ListGrammar? _nested;

    public override bool CanStart(Token token) => token.IsText || token.IsSpecial('{') || token.IsSpecial('!');

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token token = parser.Tokens.Peek;
        if (token.IsSpecial('{'))
        {
            (_nested ??= new ListGrammar(this)).Parse(parser, into);
        }
        else if (token.IsSpecial('!'))
        {
            parser.Tokens.Next();
            parser.Enter(token.Position);
            into.Add(new SyntaxValue.Negated(token.Position, ParseOne(parser)));
            parser.Leave();
        }
        else if (!token.IsText)
        {
            throw ConfigParser.Near(token, "expected IP match list element");
        }
        else if (token.IsWord("key"))
        {
            parser.Tokens.Next();
            into.Add(new SyntaxValue.Option(token.Position, "key", ScalarGrammars.String.ParseOne(parser)));
        }
        else if (token.IsWord("geoip"))
        {
            ParseGeoIp(parser, into);
        }
        else
        {
            (token.Kind == TokenKind.Word && AddressText.LooksLikeAddress(token.Text)
                ? ScalarGrammars.Prefix
                : ScalarGrammars.String).Parse(parser, into);
        }
    }

    private static void ParseGeoIp(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token keyword = parser.Tokens.Next();
        var parts = ImmutableArray.CreateBuilder<SyntaxValue>();
        if (parser.Tokens.Peek.IsWord("db"))
        {
            parser.Tokens.Next();
            parts.Add(new SyntaxValue.Option(keyword.Position, "db", ScalarGrammars.String.ParseOne(parser)));
        }

        GeoIpType.Parse(parser, parts);
        ScalarGrammars.String.Parse(parser, parts);
        into.Add(new SyntaxValue.Option(
            keyword.Position, "geoip", new SyntaxValue.Sequence(keyword.Position, parts.ToImmutable())));
    }
}

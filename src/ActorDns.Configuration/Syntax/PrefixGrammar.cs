using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace ActorDns.Configuration.Syntax;

/// <summary>An address with an optional prefix length; of IPv4 with a length, trailing octets may be missing.</summary>
internal sealed class PrefixGrammar : ValueGrammar
{
    public override bool CanStart(Token token) => token.Kind == TokenKind.Word && AddressText.LooksLikeAddress(token.Text);

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token token = parser.Tokens.Next();
        if (!CanStart(token))
            throw ConfigParser.Near(token, "expected IP address");
        bool isV4 = AddressText.TryParsePartialV4(token.Text, out IPAddress address, out int parts);
        if (!isV4 && !AddressText.TryParseV6(token.Text, out address))
            throw ConfigParser.Near(token, "expected IP address");
        int longest = isV4 ? 32 : 128;
        int length = longest;
        if (parser.Tokens.Peek.IsSpecial('/'))
        {
            parser.Tokens.Next();
            length = ReadLength(parser, address, token, longest);
        }
        else if (isV4 && parts < 4)
        {
            throw ConfigParser.Near(parser.Tokens.Peek, "incomplete IPv4 address or prefix");
        }

        string text = string.Create(CultureInfo.InvariantCulture, $"{address}/{length}");
        into.Add(new SyntaxValue.Scalar(token.Position, ScalarKind.Prefix, text, text));
    }

    private static int ReadLength(ConfigParser parser, IPAddress address, Token written, int longest)
    {
        Token token = parser.Tokens.Next();
        if (token.Kind != TokenKind.Word
            || !uint.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint length))
        {
            throw ConfigParser.Near(token, "expected number");
        }

        if (length > longest)
            throw new ConfigSyntaxException(token.Position, $"invalid prefix length '{length}'");
        if (AddressText.HasHostBits(address, (int)length))
        {
            throw ConfigParser.Near(token, $"'{written.Text}/{length}': address/prefix length mismatch");
        }

        return (int)length;
    }
}

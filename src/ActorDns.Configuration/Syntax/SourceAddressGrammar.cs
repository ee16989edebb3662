using System.Collections.Immutable;
using System.Globalization;
using System.Net;

namespace ActorDns.Configuration.Syntax;

/// <summary>
/// An address or <c>*</c> with an optional port: the source of outgoing requests (of one family), or a socket to listen on
/// (of either). In the form for queries the word <c>address</c> may precede, and the port may come first.
/// </summary>
internal sealed class SourceAddressGrammar(ValueGrammar address, IPAddress wildcard, bool isQuery, bool warnsOfPort) : ValueGrammar
{
    public override bool CanStart(Token token) =>
        token.IsWord("*") || address.CanStart(token) || (isQuery && (token.IsWord("address") || token.IsWord("port")));

    public override void Parse(ConfigParser parser, ImmutableArray<SyntaxValue>.Builder into)
    {
        Token first = parser.Tokens.Peek;
        bool isKeyworded = isQuery && (first.IsWord("address") || first.IsWord("port"));
        SyntaxValue.Scalar? host = isKeyworded ? null : ReadAddress(parser);
        SyntaxValue.Option? port = null;
        while (true)
        {
            Token token = parser.Tokens.Peek;
            if (port is null && token.IsWord("port"))
            {
                parser.Tokens.Next();
                if (warnsOfPort)
                    parser.Report(DiagnosticSeverity.Warning, token.Position, "token 'port' is deprecated");
                port = ReadPort(parser, token.Position);
            }
            else if (host is null && token.IsWord("address"))
            {
                parser.Tokens.Next();
                host = ReadAddress(parser);
            }
            else
            {
                break;
            }
        }

        if (isKeyworded)
            into.Add(new SyntaxValue.Scalar(first.Position, ScalarKind.Word, "address", "address"));
        into.Add(host ?? new SyntaxValue.Scalar(first.Position, ScalarKind.Address, "*", wildcard.ToString()));
        if (isKeyworded || port?.Value.AsText() is not (null or "0"))
            into.Add(port ?? NoPort(first.Position));
    }

    private static SyntaxValue.Option NoPort(SourcePosition at) =>
        new(at, "port", new SyntaxValue.Scalar(at, ScalarKind.Integer, "0", "0"));

    private SyntaxValue.Scalar ReadAddress(ConfigParser parser)
    {
        Token token = parser.Tokens.Peek;
        if (!token.IsWord("*"))
            return (SyntaxValue.Scalar)address.ParseOne(parser);
        parser.Tokens.Next();
        return new SyntaxValue.Scalar(token.Position, ScalarKind.Address, "*", wildcard.ToString());
    }

    private static SyntaxValue.Option ReadPort(ConfigParser parser, SourcePosition at)
    {
        Token token = parser.Tokens.Next();
        if (token.IsWord("*"))
            return NoPort(at);
        if (token.Kind != TokenKind.Word
            || !uint.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint port))
        {
            throw ConfigParser.Near(token, "expected port number or '*'");
        }

        if (port > ushort.MaxValue)
            throw new ConfigSyntaxException(token.Position, "port number out of range");
        string text = port.ToString(CultureInfo.InvariantCulture);
        return new SyntaxValue.Option(at, "port", new SyntaxValue.Scalar(token.Position, ScalarKind.Integer, text, text));
    }
}

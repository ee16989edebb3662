using System.Collections.Immutable;
using System.Net;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Security;

namespace ActorDns.Configuration.Model;

/// <summary>Makes keys, server blocks, channels and the other blocks that inherit nothing.</summary>
internal static class BlockBuilder
{
    public static ImmutableArray<T> ReadAll<T>(SyntaxValue.Block? scope, string name, Func<Statement, T?> read)
        where T : class =>
        scope is null ? [] : [.. scope.FindAll(name).Select(read).OfType<T>()];

    public static AclDefinition Acl(ModelReader reader, Statement statement) =>
        new(statement.Text ?? "", reader.MatchList(statement), statement.Position);

    public static KeyDefinition? Key(Statement statement)
    {
        if (ModelReader.Name(statement.Text) is not { } name
            || statement.Block?.Find("algorithm")?.Text is not { } word
            || statement.Block.Find("secret")?.Text is not { } secret
            || !KeyAlgorithmText.TryParse(word, out TsigAlgorithm algorithm, out int? bits)
            || !SecretText.TryDecode(secret, out byte[] octets))
        {
            return null;
        }

        int? truncated = bits == algorithm.DigestBytes * 8 ? null : bits;
        return new KeyDefinition(name, algorithm, truncated, new TsigSecret(octets), statement.Position);
    }

    public static ServerPeer? Server(ModelReader reader, Statement statement)
    {
        if (statement.Text is not { } text || statement.Block is not { } block)
            return null;
        (IPAddress address, int length) = ModelReader.SplitPrefix(text);
        string suffix = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "-v6" : "";
        SettingScope scope = new(reader, block);
        return new ServerPeer(address, length, statement.Position)
        {
            Key = ModelReader.Name(block.Find("keys")?.Text),
            Bogus = Flag(block, "bogus"),
            Edns = Flag(block, "edns"),
            EdnsUdpSize = Number(block, "edns-udp-size"),
            MaxUdpSize = Number(block, "max-udp-size"),
            Padding = Number(block, "padding"),
            ProvideIxfr = Flag(block, "provide-ixfr"),
            RequestIxfr = Flag(block, "request-ixfr"),
            RequestExpire = Flag(block, "request-expire"),
            RequestNsid = Flag(block, "request-nsid"),
            SendCookie = Flag(block, "send-cookie"),
            RequireCookie = Flag(block, "require-cookie"),
            TcpKeepalive = Flag(block, "tcp-keepalive"),
            TcpOnly = Flag(block, "tcp-only"),
            TransferFormat = block.Find("transfer-format") is null ? null : ViewBuilder.ReadTransferFormat(scope).Value,
            Transfers = Number(block, "transfers"),
            NotifySource = block.Find("notify-source" + suffix) is { } notify ? ModelReader.Source(notify.Values) : null,
            TransferSource = block.Find("transfer-source" + suffix) is { } transfer ? ModelReader.Source(transfer.Values) : null,
        };
    }

    public static TlsDefinition? Tls(Statement statement) => statement.Block is not { } block ? null
        : new TlsDefinition(statement.Text ?? "", statement.Position)
        {
            CertFile = block.Find("cert-file")?.Text,
            KeyFile = block.Find("key-file")?.Text,
            CaFile = block.Find("ca-file")?.Text,
            DhparamFile = block.Find("dhparam-file")?.Text,
            RemoteHostname = block.Find("remote-hostname")?.Text,
            Ciphers = block.Find("ciphers")?.Text,
            CipherSuites = block.Find("cipher-suites")?.Text,
            Protocols = Strings(block.Find("protocols")?.List),
            PreferServerCiphers = Flag(block, "prefer-server-ciphers"),
            SessionTickets = Flag(block, "session-tickets"),
        };

    public static HttpDefinition? Http(Statement statement) => statement.Block is not { } block ? null
        : new HttpDefinition(
            statement.Text ?? "", Strings(block.Find("endpoints")?.List), Number(block, "listener-clients"),
            Number(block, "streams-per-connection"), statement.Position);

    public static ControlChannel? Control(ModelReader reader, Statement statement) => new(
        AddressOf(statement),
        ModelReader.Port(statement.Values) is { } port and not 0 ? port : ControlChannel.DefaultPort,
        reader.MatchList(statement.Option("allow")),
        Strings(statement.Option("keys") as SyntaxValue.List),
        statement.Option("read-only").AsText() == "yes",
        statement.Position);

    public static StatisticsChannel? Statistics(ModelReader reader, Statement statement) => new(
        AddressOf(statement),
        ModelReader.Port(statement.Values) is { } port and not 0 ? port : StatisticsChannel.DefaultPort,
        statement.Option("allow") is { } allow ? reader.MatchList(allow) : AddressMatchList.LocalHost,
        statement.Position);

    public static ImmutableArray<string> Strings(SyntaxValue.List? list) =>
        list is null ? [] : [.. list.Items.Select(i => i.AsText()).OfType<string>()];

    private static IPAddress AddressOf(Statement statement) =>
        IPAddress.TryParse(statement.Scalar?.Canonical, out IPAddress? address) ? address : IPAddress.Any;

    private static bool? Flag(SyntaxValue.Block block, string name) => block.Find(name) is { } found ? found.Text == "yes" : null;

    private static int? Number(SyntaxValue.Block block, string name) =>
        block.Find(name)?.Scalar.AsNumber() is { } number ? (int)Math.Min(number, int.MaxValue) : null;
}

using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Security;

namespace ActorDns.Configuration.Model;

/// <summary>Makes <see cref="ServerOptions"/> out of the <c>options</c> block.</summary>
internal static class OptionsBuilder
{
    public static ServerOptions Build(ModelReader reader, SyntaxValue.Block? options, string directory)
    {
        SettingScope scope = new(reader, options);
        return new ServerOptions
        {
            Directory = scope.Read("directory", directory, _ => directory),
            ListenOn = ReadListenOn(reader, options),
            Port = scope.Number("port", 53),
            TlsPort = scope.Number("tls-port", 853),
            PidFile = OptionalFile(scope, "pid-file", "/run/named/named.pid"),
            Version = scope.Read("version", Identity.BuiltIn, ReadIdentity),
            HostName = scope.Read("hostname", Identity.BuiltIn, ReadIdentity),
            ServerId = scope.Read("server-id", Identity.Disabled, ReadIdentity),
            Blackhole = scope.Clients("blackhole", AddressMatchList.None),
            QueryLog = scope.Read<bool?>("querylog", null, s => s.Text == "yes"),
            MatchMappedAddresses = scope.Flag("match-mapped-addresses", false),
            AnswerCookie = scope.Flag("answer-cookie", true),
            CookieAlgorithm = scope.Word(
                "cookie-algorithm", CookieAlgorithm.SipHash24, ("aes", CookieAlgorithm.Aes), ("siphash24", CookieAlgorithm.SipHash24)),
            CookieSecrets = [.. scope.FindAll("cookie-secret").Select(ReadCookieSecret).OfType<TsigSecret>()],
            TcpClients = scope.Number("tcp-clients", 150),
            TcpIdleTimeout = scope.Tenths("tcp-idle-timeout", 300),
            TcpInitialTimeout = scope.Tenths("tcp-initial-timeout", 300),
            TcpKeepaliveTimeout = scope.Tenths("tcp-keepalive-timeout", 300),
            TcpAdvertisedTimeout = scope.Tenths("tcp-advertised-timeout", 300),
            TcpListenQueue = scope.Number("tcp-listen-queue", 10),
            TransfersOut = scope.Number("transfers-out", 10),
            TransfersIn = scope.Number("transfers-in", 10),
            TransfersPerNs = scope.Number("transfers-per-ns", 2),
            TransferMessageSize = scope.Number("transfer-message-size", 20_480),
            SerialQueryRate = scope.Number("serial-query-rate", 20),
            NotifyRate = scope.Number("notify-rate", 20),
            StartupNotifyRate = scope.Number("startup-notify-rate", 20),
            UpdateQuota = scope.Number("update-quota", 100),
            FlushZonesOnShutdown = scope.Flag("flush-zones-on-shutdown", false),
            SessionKeyName = scope.Read("session-keyname", "local-ddns", s => s.Text ?? ""),
            SessionKeyAlgorithm = scope.Read("session-keyalg", "hmac-sha256", s => s.Text ?? ""),
            SessionKeyFile = OptionalFile(scope, "session-keyfile", "/run/named/session.key"),
            DumpFile = scope.Read("dump-file", "named_dump.db", s => s.Text ?? ""),
            StatisticsFile = scope.Read("statistics-file", "named.stats", s => s.Text ?? ""),
            UdpReceiveBuffer = scope.Number("udp-receive-buffer", 0),
            UdpSendBuffer = scope.Number("udp-send-buffer", 0),
            TcpReceiveBuffer = scope.Number("tcp-receive-buffer", 0),
            TcpSendBuffer = scope.Number("tcp-send-buffer", 0),
            ReusePort = scope.Flag("reuseport", true),
        };
    }

    private static ImmutableArray<ListenOn> ReadListenOn(ModelReader reader, SyntaxValue.Block? options)
    {
        var found = ImmutableArray.CreateBuilder<ListenOn>();
        foreach (Statement statement in options?.Statements.Where(s => s.Name is "listen-on" or "listen-on-v6") ?? [])
        {
            found.Add(new ListenOn(
                statement.Name == "listen-on-v6",
                ModelReader.Port(statement.Values),
                statement.Option("tls").AsText(),
                statement.Option("http").AsText(),
                reader.MatchList(statement),
                statement.Position));
        }

        if (!found.Any(l => !l.IsV6))
            found.Add(new ListenOn(false, null, null, null, AddressMatchList.Any, SourcePosition.None));
        if (!found.Any(l => l.IsV6))
            found.Add(new ListenOn(true, null, null, null, AddressMatchList.Any, SourcePosition.None));
        return found.ToImmutable();
    }

    private static Identity ReadIdentity(Statement statement) => statement.Scalar switch
    {
        { Kind: ScalarKind.QuotedString } text => new Identity(IdentitySource.Text, text.Text),
        { Text: var word } when word.Equals("hostname", StringComparison.OrdinalIgnoreCase) =>
            new Identity(IdentitySource.HostName, ""),
        _ => Identity.Disabled,
    };

    private static Setting<string?> OptionalFile(SettingScope scope, string name, string fallback) =>
        scope.Read<string?>(name, fallback, s => s.Scalar is { Kind: ScalarKind.QuotedString } file ? file.Text : null);

    private static TsigSecret? ReadCookieSecret(Statement statement)
    {
        string hex = statement.Text ?? "";
        Span<byte> octets = stackalloc byte[32];
        return hex.Length <= 64 && Convert.FromHexString(hex, octets, out _, out int length) == System.Buffers.OperationStatus.Done
            ? new TsigSecret(octets[..length])
            : null;
    }
}

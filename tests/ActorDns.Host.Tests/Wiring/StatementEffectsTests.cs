using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Tests.Wiring;

/// <summary>Every statement that the grammar knows is honoured or named as one without effect: none is passed over in silence.</summary>
public sealed class StatementEffectsTests
{
    /// <summary>Statements of the top level, and those that a view shares with it.</summary>
    private const string Top =
        """
        acl=NamedConfiguration.Acls controls=NamedConfiguration.Controls
        key=NamedConfiguration.Keys logging=NamedConfiguration.Logging
        options=NamedConfiguration.Options view=NamedConfiguration.Views zone=ViewConfiguration.Zones
        masters=NamedConfiguration.ServerLists primaries=NamedConfiguration.ServerLists
        parental-agents=NamedConfiguration.ServerLists remote-servers=NamedConfiguration.ServerLists
        server=NamedConfiguration.Servers tls=NamedConfiguration.Tls
        """;

    /// <summary>Statements of <c>options</c>, views and zones.</summary>
    private const string Settings =
        """
        answer-cookie=ServerOptions.AnswerCookie blackhole=ServerOptions.Blackhole
        cookie-algorithm=ServerOptions.CookieAlgorithm cookie-secret=ServerOptions.CookieSecrets
        directory=ServerOptions.Directory hostname=ServerOptions.HostName listen-on=ServerOptions.ListenOn
        listen-on-v6=ServerOptions.ListenOn match-mapped-addresses=ServerOptions.MatchMappedAddresses
        pid-file=ServerOptions.PidFile port=ServerOptions.Port tls-port=ServerOptions.TlsPort querylog=ServerOptions.QueryLog
        reuseport=ServerOptions.ReusePort server-id=ServerOptions.ServerId
        tcp-advertised-timeout=ServerOptions.TcpAdvertisedTimeout tcp-clients=ServerOptions.TcpClients
        tcp-idle-timeout=ServerOptions.TcpIdleTimeout tcp-initial-timeout=ServerOptions.TcpInitialTimeout
        tcp-keepalive-timeout=ServerOptions.TcpKeepaliveTimeout tcp-listen-queue=ServerOptions.TcpListenQueue
        transfer-message-size=ServerOptions.TransferMessageSize transfers-out=ServerOptions.TransfersOut
        udp-receive-buffer=ServerOptions.UdpReceiveBuffer udp-send-buffer=ServerOptions.UdpSendBuffer
        version=ServerOptions.Version check-names=ZoneSettings.CheckNames edns-udp-size=ViewSettings.EdnsUdpSize
        max-udp-size=ViewSettings.MaxUdpSize minimal-any=ViewSettings.MinimalAny
        minimal-responses=ViewSettings.MinimalResponses provide-ixfr=ViewSettings.ProvideIxfr
        rate-limit=ViewSettings.RateLimit require-server-cookie=ViewSettings.RequireServerCookie
        match-clients=ViewSettings.MatchClients match-destinations=ViewSettings.MatchDestinations
        match-recursive-only=ViewSettings.MatchRecursiveOnly type=ZoneConfiguration.Kind file=ZoneConfiguration.FilePath
        in-view=ZoneConfiguration.InView allow-query=ZoneSettings.AllowQuery allow-query-on=ZoneSettings.AllowQueryOn
        allow-transfer=ZoneSettings.AllowTransfer check-dup-records=ZoneSettings.CheckDupRecords
        check-integrity=ZoneSettings.CheckIntegrity check-mx=ZoneSettings.CheckMx check-mx-cname=ZoneSettings.CheckMxCname
        check-sibling=ZoneSettings.CheckSibling check-spf=ZoneSettings.CheckSpf check-srv-cname=ZoneSettings.CheckSrvCname
        check-wildcard=ZoneSettings.CheckWildcard max-ixfr-ratio=ZoneSettings.MaxIxfrRatioPercent
        max-records=ZoneSettings.MaxRecords max-transfer-idle-out=ZoneSettings.MaxTransferIdleOut
        max-transfer-time-out=ZoneSettings.MaxTransferTimeOut max-zone-ttl=ZoneSettings.MaxZoneTtl
        zero-no-soa-ttl=ZoneSettings.ZeroNoSoaTtl
        allow-update=ZoneSettings.AllowUpdate
        max-records-per-type=ZoneSettings.MaxRecordsPerType
        max-types-per-name=ZoneSettings.MaxTypesPerName
        serial-update-method=ZoneSettings.SerialUpdateMethod
        max-journal-size=ZoneSettings.MaxJournalSizeBytes
        masterfile-style=ZoneSettings.MasterfileStyle
        flush-zones-on-shutdown=ServerOptions.FlushZonesOnShutdown session-keyname=ServerOptions.SessionKeyName
        session-keyalg=ServerOptions.SessionKeyAlgorithm
        session-keyfile=ServerOptions.SessionKeyFile
        dump-file=ServerOptions.DumpFile statistics-file=ServerOptions.StatisticsFile
        allow-new-zones=ViewSettings.AllowNewZones
        update-policy=ZoneConfiguration.UpdatePolicy
        transfer-format=ViewSettings.TransferFormat update-quota=ServerOptions.UpdateQuota
        serial-query-rate=ServerOptions.SerialQueryRate transfers-in=ServerOptions.TransfersIn
        transfers-per-ns=ServerOptions.TransfersPerNs ixfr-from-differences=ZoneSettings.IxfrFromDifferences
        allow-update-forwarding=ZoneSettings.AllowUpdateForwarding
        allow-notify=ZoneSettings.AllowNotify max-refresh-time=ZoneSettings.MaxRefreshTime
        max-retry-time=ZoneSettings.MaxRetryTime min-refresh-time=ZoneSettings.MinRefreshTime
        min-retry-time=ZoneSettings.MinRetryTime max-transfer-idle-in=ZoneSettings.MaxTransferIdleIn
        max-transfer-time-in=ZoneSettings.MaxTransferTimeIn multi-master=ZoneSettings.MultiMaster
        request-expire=ZoneSettings.RequestExpire request-ixfr=ZoneSettings.RequestIxfr
        transfer-source=ZoneSettings.TransferSource transfer-source-v6=ZoneSettings.TransferSourceV6
        try-tcp-refresh=ZoneSettings.TryTcpRefresh primaries=ZoneConfiguration.Primaries masters=ZoneConfiguration.Primaries
        notify=ZoneSettings.Notify also-notify=ZoneSettings.AlsoNotify notify-to-soa=ZoneSettings.NotifyToSoa
        notify-delay=ZoneSettings.NotifyDelay notify-defer=ZoneSettings.NotifyDefer notify-source=ZoneSettings.NotifySource
        notify-source-v6=ZoneSettings.NotifySourceV6 notify-rate=ServerOptions.NotifyRate
        startup-notify-rate=ServerOptions.StartupNotifyRate
        """;

    /// <summary>Statements of the small blocks, the name of the block before them.</summary>
    private const string Small =
        """
        key: algorithm=KeyDefinition.Algorithm secret=KeyDefinition.Secret
        logging: channel=LoggingConfiguration.Channels category=LoggingConfiguration.Categories
        channel: file=LogChannel.FilePath syslog=LogChannel.SyslogFacility null=LogChannel.Destination
        channel: stderr=LogChannel.Destination severity=LogChannel.Severity print-time=LogChannel.PrintTime
        channel: print-severity=LogChannel.PrintSeverity print-category=LogChannel.PrintCategory buffered=LogChannel.Buffered
        rate-limit: all-per-second=RateLimitConfiguration.AllPerSecond
        rate-limit: errors-per-second=RateLimitConfiguration.ErrorsPerSecond exempt-clients=RateLimitConfiguration.ExemptClients
        rate-limit: ipv4-prefix-length=RateLimitConfiguration.Ipv4PrefixLength
        rate-limit: ipv6-prefix-length=RateLimitConfiguration.Ipv6PrefixLength log-only=RateLimitConfiguration.LogOnly
        rate-limit: max-table-size=RateLimitConfiguration.MaxTableSize min-table-size=RateLimitConfiguration.MinTableSize
        rate-limit: nodata-per-second=RateLimitConfiguration.NodataPerSecond
        rate-limit: nxdomains-per-second=RateLimitConfiguration.NxdomainsPerSecond qps-scale=RateLimitConfiguration.QpsScale
        rate-limit: referrals-per-second=RateLimitConfiguration.ReferralsPerSecond
        rate-limit: responses-per-second=RateLimitConfiguration.ResponsesPerSecond slip=RateLimitConfiguration.Slip
        rate-limit: window=RateLimitConfiguration.WindowSeconds
        server: keys=ServerPeer.Key bogus=ServerPeer.Bogus edns=ServerPeer.Edns tcp-only=ServerPeer.TcpOnly
        server: transfers=ServerPeer.Transfers request-ixfr=ServerPeer.RequestIxfr request-expire=ServerPeer.RequestExpire
        server: provide-ixfr=ServerPeer.ProvideIxfr transfer-format=ServerPeer.TransferFormat
        server: notify-source=ServerPeer.NotifySource notify-source-v6=ServerPeer.NotifySource
        tls: ca-file=TlsDefinition.CaFile remote-hostname=TlsDefinition.RemoteHostname protocols=TlsDefinition.Protocols
        tls: cert-file=TlsDefinition.CertFile key-file=TlsDefinition.KeyFile
        server: transfer-source=ServerPeer.TransferSource transfer-source-v6=ServerPeer.TransferSource
        """;

    private static readonly string[] Blocks = ["", "options", "view", "zone", "key", "logging", "channel", "rate-limit", "server", "tls"];

    private static readonly Dictionary<(string Group, string Name), string> Honoured = ReadHonoured();

    public static TheoryData<string, string> Statements => [.. Blocks.SelectMany(block => GrammarBook.Get(block).Rules
        .Where(rule => rule.Class is not (StatementClass.Ancient or StatementClass.NotConfigured))
        .Select(rule => (block, rule.Name)))];

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_is_honoured_by_a_property_of_the_model_or_has_a_reason_why_not(string block, string name)
    {
        string? reason = StatementEffects.ReasonFor(new WrittenStatement(block, new Statement(name, SourcePosition.None, [])));
        string? property = GroupsOf(block).Select(group => Honoured.GetValueOrDefault((group, name))).FirstOrDefault(found => found is not null);

        Assert.True(reason is null != property is null, $"{block} {name}: reason '{reason}', property '{property}'");
        if (property is not null)
        {
            string[] parts = property.Split('.');
            Type type = typeof(NamedConfiguration).Assembly.GetType($"ActorDns.Configuration.Model.{parts[0]}", throwOnError: true)!;
            Assert.NotNull(type.GetProperty(parts[1]));
        }
    }

    [Fact]
    public void List_of_honoured_statements_names_none_that_the_grammar_does_not_know()
    {
        HashSet<(string, string)> known = [.. Blocks.SelectMany(block => GrammarBook.Get(block).Rules
            .SelectMany(rule => GroupsOf(block).Select(group => (group, rule.Name))))];

        Assert.Equal([], Honoured.Keys.Except(known));
    }

    [Fact]
    public void Statements_of_the_grammar_that_are_gone_are_refused() => Assert.All(
        Blocks.SelectMany(block => GrammarBook.Get(block).Rules).Where(rule => rule.Class == StatementClass.Ancient).Take(5),
        rule => Assert.False(Load($"options {{ {rule.Name} x; }};").PassesCheck));

    [Theory]
    [InlineData("recursion yes;", "recursion: this server does not resolve for others")]
    [InlineData("recursion no;", null)]
    [InlineData("message-compression no;", "message-compression: not part of this version")]
    [InlineData("message-compression yes;", null)]
    [InlineData("stacksize 1m;", "stacksize: left to the operating system and the runtime")]
    [InlineData("allow-new-zones no;", null)]
    [InlineData("max-udp-size 1000;", null)]
    [InlineData("notify yes;", null)]
    [InlineData("notify-rate 5;", null)]
    [InlineData("dns64 64:ff9b::/96 { clients { any; }; };", "dns64: not part of this version")]
    public void Statement_in_options_is_named_when_it_asks_for_what_is_not_done(string statement, string? named)
    {
        LoadResult result = Load($"options {{ {statement} }};");

        Assert.Equal(
            named is null ? [] : [named],
            SettingsWithoutEffect.In(result.Model!).Select(found => $"{found.Statement}: {found.Reason}"));
    }

    [Fact]
    public void Statements_of_views_zones_and_the_top_level_are_named_with_their_places()
    {
        LoadResult result = Load(
            """
            server 192.0.2.1 { padding 128; };
            view v {
                recursion yes;
                zone a { type primary; file "a"; journal "j"; zone-statistics yes; };
            };
            """);

        Assert.Equal(
            ["padding 1", "recursion 3", "journal 4", "zone-statistics 4"],
            SettingsWithoutEffect.In(result.Model!).Select(found => $"{found.Statement} {found.Position.Line}"));
    }

    private static LoadResult Load(string text) => ConfigLoader.Load("/named.conf", new TextSource(text));

    private static string[] GroupsOf(string block) => block switch
    {
        "" => ["top"],
        "options" or "zone" => ["settings"],
        "view" => ["settings", "top"],
        _ => [block],
    };

    private static Dictionary<(string Group, string Name), string> ReadHonoured()
    {
        Dictionary<(string Group, string Name), string> honoured = [];
        foreach (string line in Small.Split('\n'))
            Add(line.Split(": ")[0], line.Split(": ")[1]);
        Add("top", Top);
        Add("settings", Settings);
        return honoured;

        void Add(string group, string table)
        {
            foreach (string row in table.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
                honoured.Add((group, row.Split('=')[0]), row.Split('=')[1]);
        }
    }
}

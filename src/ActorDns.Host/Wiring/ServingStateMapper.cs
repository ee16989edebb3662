using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ActorDns.Actors.Keys;
using ActorDns.Configuration.Model;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline.RateLimiting;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;
using ActorDns.Zones.Loading;

namespace ActorDns.Host.Wiring;

/// <summary>Makes what the server answers from out of a configuration. Every setting that has an effect is named here once.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="local">The host's own addresses.</param>
/// <param name="fallbackCookieSecret">Secret for cookies when none is configured; made at start.</param>
/// <param name="sessionKey">The key of <c>nsupdate -l</c>; null when there is none.</param>
/// <param name="registered">The keys of the registry.</param>
internal sealed class ServingStateMapper(
    NamedConfiguration configuration,
    LocalAddressBook local,
    byte[] fallbackCookieSecret,
    TsigKey? sessionKey,
    ImmutableArray<RegisteredKey> registered)
{
    private const int LargestUdpBytes = 4096;
    private readonly MatchListMapper _lists = new(configuration, local);

    /// <summary>Text that <c>version.bind</c> answers unless configured.</summary>
    public static string VersionText =>
        $"ActorDns {VersionNumber}";

    /// <summary>The version alone.</summary>
    public static string VersionNumber => typeof(ServingStateMapper).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Makes the state; <paramref name="zones"/> finds the place of publication of a zone that is served.</summary>
    public ServingState Map(Func<ViewConfiguration, ZoneConfiguration, ZoneRuntime?> zones)
    {
        ServerOptions options = configuration.Options;
        string? version = Text(options.Version.Value, VersionText);
        string? hostName = Text(options.HostName.Value, Dns.GetHostName());
        string? serverId = Text(options.ServerId.Value, null);
        return new ServingState
        {
            Views = new ViewTable(
                [.. configuration.Views.Select(view => Map(view, zones))],
                ChaosZones.Create(version, hostName, serverId)),
            Keys = KeyRingBuilder.Build(AllKeys(), registered),
            Blackhole = _lists.Map(options.Blackhole.Value),
            Nsid = serverId is null ? default : Encoding.UTF8.GetBytes(serverId),
            Cookies = options.AnswerCookie.Value ? Cookies(options) : null,
            KeepaliveHundredMilliseconds = (ushort)Math.Min(
                ushort.MaxValue, options.TcpAdvertisedTimeout.Value.TotalMilliseconds / 100),
            LogQueries = options.QueryLog.Value ?? LogsQueries(),
        };
    }

    /// <summary>The keys of the configuration.</summary>
    public IReadOnlyList<TsigKey> ConfiguredKeys => [.. Keys()];

    /// <summary>What is served already, with the keys and cookie secrets as they are now.</summary>
    public ServingState WithKeys(ServingState state) => state with
    {
        Keys = KeyRingBuilder.Build(AllKeys(), registered),
        Cookies = configuration.Options.AnswerCookie.Value ? Cookies(configuration.Options) : null,
    };

    /// <summary>One zone as a view serves it.</summary>
    public ServedZone Map(ViewConfiguration view, ZoneConfiguration zone, ZoneRuntime runtime)
    {
        ZoneSettings own = configuration.FindOwn(zone).Settings;
        return new ServedZone
        {
            Published = runtime.Published,
            ViewName = configuration.HasExplicitViews ? view.Name : null,
            AllowQuery = _lists.Map(own.AllowQuery.Value),
            AllowQueryOn = _lists.Map(own.AllowQueryOn.Value),
            AllowTransfer = _lists.Map(own.AllowTransfer.Value),
            Role = runtime.Refresher is null ? ZoneRole.Primary : ZoneRole.Secondary,
            NotifySources = _lists.MapNotifySources(zone.Primaries, own.AllowNotify.Value),
            AllowUpdateForwarding = _lists.Map(own.AllowUpdateForwarding.Value),
            AllowUpdate = _lists.Map(zone.Settings.AllowUpdate.Value),
            HasUpdatePolicy = zone.UpdatePolicy is not null,
            ProvideIxfr = view.Settings.ProvideIxfr.Value,
            MaxIxfrRatioPercent = own.MaxIxfrRatioPercent.Value,
            MaxTransferTime = own.MaxTransferTimeOut.Value,
            MaxTransferIdle = own.MaxTransferIdleOut.Value,
            ZeroNoSoaTtl = own.ZeroNoSoaTtl.Value,
        };
    }

    /// <summary>The checks that a zone goes through.</summary>
    public static ZoneCheckOptions Checks(ZoneConfiguration zone)
    {
        ZoneSettings settings = zone.Settings;
        return new ZoneCheckOptions
        {
            Names = Level(settings.CheckNames.Value),
            Mx = Level(settings.CheckMx.Value),
            MxCname = Level(settings.CheckMxCname.Value),
            SrvCname = Level(settings.CheckSrvCname.Value),
            DuplicateRecords = Level(settings.CheckDupRecords.Value),
            Spf = Level(settings.CheckSpf.Value),
            Integrity = settings.CheckIntegrity.Value,
            Sibling = settings.CheckSibling.Value,
            Wildcard = settings.CheckWildcard.Value,
            MaxRecords = settings.MaxRecords.Value,
            MaxTtlSeconds = settings.MaxZoneTtl.Value is { } most ? (uint)most.TotalSeconds : null,
        };
    }

    private View Map(ViewConfiguration view, Func<ViewConfiguration, ZoneConfiguration, ZoneRuntime?> zones)
    {
        ViewSettings settings = view.Settings;
        List<ServedZone> served = [];
        foreach (ZoneConfiguration zone in view.Zones)
        {
            if (zones(view, zone) is { } runtime)
                served.Add(Map(view, zone, runtime));
        }

        return new View
        {
            Name = view.Name,
            MatchClients = _lists.Map(settings.MatchClients.Value),
            MatchDestinations = _lists.Map(settings.MatchDestinations.Value),
            MatchRecursiveOnly = settings.MatchRecursiveOnly.Value,
            Zones = new ZoneTable(served),
            MinimalResponses = settings.MinimalResponses.Value switch
            {
                Configuration.Model.MinimalResponses.No => Server.Views.MinimalResponses.No,
                Configuration.Model.MinimalResponses.Yes => Server.Views.MinimalResponses.Yes,
                Configuration.Model.MinimalResponses.NoAuth => Server.Views.MinimalResponses.NoAuthority,
                _ => Server.Views.MinimalResponses.NoAuthorityForRecursive,
            },
            MinimalAny = settings.MinimalAny.Value,
            MaxUdpBytes = Math.Clamp(settings.MaxUdpSize.Value, 512, LargestUdpBytes),
            AdvertisedUdpBytes = Math.Clamp(settings.EdnsUdpSize.Value, 512, LargestUdpBytes),
            RequireServerCookie = settings.RequireServerCookie.Value,
            IsOneAnswer = settings.TransferFormat.Value == TransferFormat.OneAnswer,
            Peers = [.. from server in view.Servers.IsEmpty ? configuration.Servers : view.Servers
                        where server.ProvideIxfr is not null || server.TransferFormat is not null
                        orderby server.PrefixLength descending
                        select new PeerRule(
                            new NetPrefix(NetAddress.From(server.Address), server.PrefixLength),
                            server.ProvideIxfr,
                            server.TransferFormat is { } format ? format == TransferFormat.OneAnswer : null)],
            RateLimiter = settings.RateLimit is { } limits ? Limiter(limits) : null,
        };
    }

    private RateLimiter Limiter(RateLimitConfiguration limits)
    {
        RateLimitOptions options = new()
        {
            ResponsesPerSecond = limits.ResponsesPerSecond,
            ReferralsPerSecond = limits.ReferralsPerSecond,
            NoDataPerSecond = limits.NodataPerSecond,
            NxDomainsPerSecond = limits.NxdomainsPerSecond,
            ErrorsPerSecond = limits.ErrorsPerSecond,
            AllPerSecond = limits.AllPerSecond,
            WindowSeconds = limits.WindowSeconds,
            Slip = limits.Slip,
            QpsScale = limits.QpsScale ?? 0,
            IPv4PrefixBits = limits.Ipv4PrefixLength,
            IPv6PrefixBits = limits.Ipv6PrefixLength,
            ExemptClients = _lists.Map(limits.ExemptClients),
            LogOnly = limits.LogOnly,
            MaxTableSize = limits.MaxTableSize,
            MinTableSize = limits.MinTableSize,
        };
        return new RateLimiter(options, RandomNumberGenerator.GetBytes(SipHash24.KeyBytes));
    }

    private IEnumerable<TsigKey> AllKeys() => sessionKey is null ? Keys() : Keys().Append(sessionKey);

    private IEnumerable<TsigKey> Keys() =>
        from key in configuration.Keys.Concat(configuration.Views.SelectMany(view => view.Keys))
        select new TsigKey(key.Name, key.Algorithm, key.Secret, key.TruncatedBits ?? 0);

    private ServerCookies Cookies(ServerOptions options)
    {
        byte[][] secrets = [.. options.CookieSecrets
            .Where(secret => secret.Octets.Length == SipHash24.KeyBytes)
            .Select(secret => secret.Octets.ToArray())];
        return new ServerCookies(secrets.Length == 0 ? CookieSecrets.From(registered, fallbackCookieSecret) : secrets);
    }

    /// <summary>Giving category <c>queries</c> a channel turns query logging on, as in BIND.</summary>
    private bool LogsQueries() => configuration.Logging?.Categories
        .Any(category => category.Name.Equals("queries", StringComparison.OrdinalIgnoreCase)) ?? false;

    private static string? Text(Identity identity, string? builtIn) => identity.Source switch
    {
        IdentitySource.Text => identity.Text,
        IdentitySource.HostName => Dns.GetHostName(),
        IdentitySource.Disabled => null,
        _ => builtIn,
    };

    /// <summary>What a check does with what it finds.</summary>
    internal static CheckLevel Level(CheckMode mode) => mode switch
    {
        CheckMode.Fail => CheckLevel.Fail,
        CheckMode.Warn => CheckLevel.Warn,
        _ => CheckLevel.Ignore,
    };
}

using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>Makes <see cref="ViewSettings"/> out of a view and <c>options</c>.</summary>
internal static class ViewBuilder
{
    public static ViewSettings Build(ModelReader reader, SyntaxValue.Block? view, SyntaxValue.Block? options)
    {
        SettingScope scope = new(reader, view, options);
        return new ViewSettings
        {
            MatchClients = scope.Clients("match-clients", AddressMatchList.Any),
            MatchDestinations = scope.Clients("match-destinations", AddressMatchList.Any),
            MatchRecursiveOnly = scope.Flag("match-recursive-only", false),
            Recursion = scope.Flag("recursion", true),
            AllowQuery = scope.Clients("allow-query", AddressMatchList.Any),
            AllowQueryOn = scope.Clients("allow-query-on", AddressMatchList.Any),
            AllowRecursion = scope.Clients("allow-recursion", AddressMatchList.LocalHostAndNets),
            MinimalResponses = scope.Word(
                "minimal-responses", MinimalResponses.NoAuthRecursive, ("yes", MinimalResponses.Yes), ("no", MinimalResponses.No),
                ("no-auth", MinimalResponses.NoAuth), ("no-auth-recursive", MinimalResponses.NoAuthRecursive)),
            MinimalAny = scope.Flag("minimal-any", false),
            MaxUdpSize = scope.Number("max-udp-size", 1232),
            EdnsUdpSize = scope.Number("edns-udp-size", 1232),
            NocookieUdpSize = scope.Number("nocookie-udp-size", 4096),
            RequireServerCookie = scope.Flag("require-server-cookie", false),
            SendCookie = scope.Flag("send-cookie", true),
            ResponsePaddingBlockSize = scope.Read(
                "response-padding", 0, s => SettingScope.Clamp(s.Values.LastOrDefault().AsNumber(), 0)),
            ResponsePaddingClients = scope.Clients("response-padding", AddressMatchList.None),
            RateLimit = scope.Find("rate-limit") is { Block: { } block } limit ? ReadRateLimit(reader, limit.Position, block) : null,
            MessageCompression = scope.Flag("message-compression", true),
            NoCaseCompress = scope.Clients("no-case-compress", AddressMatchList.None),
            AuthNxdomain = scope.Flag("auth-nxdomain", false),
            TransferFormat = ReadTransferFormat(scope),
            ProvideIxfr = scope.Flag("provide-ixfr", true),
            AllowNewZones = scope.Flag("allow-new-zones", false),
            CatalogZones = ReadCatalogZones(reader, scope.Find("catalog-zones")),
            Forward = ReadForward(scope),
            Forwarders = scope.Servers("forwarders"),
        };
    }

    public static Setting<TransferFormat> ReadTransferFormat(SettingScope scope) => scope.Word(
        "transfer-format", TransferFormat.ManyAnswers, ("one-answer", TransferFormat.OneAnswer));

    public static Setting<ForwardMode> ReadForward(SettingScope scope) =>
        scope.Word("forward", ForwardMode.First, ("only", ForwardMode.Only));

    private static RateLimitConfiguration ReadRateLimit(ModelReader reader, SourcePosition at, SyntaxValue.Block block)
    {
        SettingScope scope = new(reader, block);
        int responses = scope.Number("responses-per-second", 0).Value;
        return new RateLimitConfiguration(at)
        {
            ResponsesPerSecond = responses,
            AllPerSecond = scope.Number("all-per-second", 0).Value,
            ErrorsPerSecond = scope.Number("errors-per-second", responses).Value,
            NodataPerSecond = scope.Number("nodata-per-second", responses).Value,
            NxdomainsPerSecond = scope.Number("nxdomains-per-second", responses).Value,
            ReferralsPerSecond = scope.Number("referrals-per-second", responses).Value,
            Slip = scope.Number("slip", 2).Value,
            WindowSeconds = scope.Number("window", 15).Value,
            QpsScale = scope.Find("qps-scale") is null ? null : scope.Number("qps-scale", 0).Value,
            Ipv4PrefixLength = scope.Number("ipv4-prefix-length", 24).Value,
            Ipv6PrefixLength = scope.Number("ipv6-prefix-length", 56).Value,
            MaxTableSize = scope.Number("max-table-size", 20_000).Value,
            MinTableSize = scope.Number("min-table-size", 500).Value,
            LogOnly = scope.Flag("log-only", false).Value,
            ExemptClients = scope.Clients("exempt-clients", AddressMatchList.None).Value,
        };
    }

    private static ImmutableArray<CatalogZone> ReadCatalogZones(ModelReader reader, Statement? statement)
    {
        var zones = ImmutableArray.CreateBuilder<CatalogZone>();
        foreach (SyntaxValue entry in statement?.List?.Items ?? [])
        {
            ImmutableArray<SyntaxValue> parts = entry.Parts();
            SyntaxValue? primaries = parts.Option("default-primaries") ?? parts.Option("default-masters");
            if (ModelReader.Name(parts.OfType<SyntaxValue.Scalar>().ElementAtOrDefault(1)?.Text) is not { } name)
                continue;
            zones.Add(new CatalogZone(
                name,
                primaries is null ? [] : reader.Resolve(ModelReader.ServerList("", primaries.Parts(), primaries.Position)),
                parts.Option("zone-directory").AsText(),
                parts.Option("in-memory").AsText() == "yes",
                TimeSpan.FromSeconds(parts.Option("min-update-interval").AsNumber() ?? 5),
                entry.Position));
        }

        return zones.ToImmutable();
    }
}

using System.Security.Authentication;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Transfers;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;

namespace ActorDns.Host.Tests.Wiring;

/// <summary>How a secondary talks to its primaries, as the configuration says.</summary>
public sealed class SecondarySettingsMapperTests
{
    private const string Key = "key k { algorithm hmac-sha256; secret \"AAAAAAAAAAAAAAAAAAAAAA==\"; };";

    [Fact]
    public void Statements_of_a_zone_reach_its_refresh()
    {
        RefreshSettings settings = Map(
            "192.0.2.1;",
            "min-refresh-time 1; max-refresh-time 2; min-retry-time 3; max-retry-time 4; multi-master yes; try-tcp-refresh no; "
            + "max-transfer-time-in 5; max-transfer-idle-in 6; max-records 7;");
        Assert.Equal(
            (1d, 2d, 3d, 4d, true, false),
            (settings.MinRefresh.TotalSeconds, settings.MaxRefresh.TotalSeconds, settings.MinRetry.TotalSeconds,
                settings.MaxRetry.TotalSeconds, settings.IsMultiPrimary, settings.TriesTcp));
        Assert.Equal(
            (5d, 6d, 7), (settings.MaxTransferTime.TotalMinutes, settings.MaxTransferIdle.TotalMinutes, settings.MaxRecords));
    }

    [Theory]
    [InlineData("192.0.2.1;", "", "192.0.2.1#53  ")]
    [InlineData("192.0.2.1 port 54;", "transfer-source 192.0.2.9;", "192.0.2.1#54 192.0.2.9 ")]
    [InlineData("2001:db8::1;", "transfer-source 192.0.2.9; transfer-source-v6 2001:db8::9;", "2001:db8::1#53 2001:db8::9 ")]
    [InlineData("192.0.2.7;", "transfer-source 192.0.2.9;", "192.0.2.7#53 192.0.2.8 ")] // The block of the server comes before the zone.
    [InlineData("listed;", "transfer-source 192.0.2.9;", "192.0.2.7#53 192.0.2.6 ")] // And the list before that.
    [InlineData("192.0.2.1 tls t;", "", "192.0.2.1#953  t")]
    [InlineData("192.0.2.1 port 54 tls ephemeral;", "", "192.0.2.1#54  ephemeral")]
    public void Address_port_source_and_tls_of_a_primary(string primaries, string more, string expected)
    {
        Primary primary = Assert.Single(Map(primaries, more).Primaries);
        Assert.Equal(expected, $"{primary.Endpoint} {primary.Source} {primary.Tls?.Name}");
    }

    [Fact]
    public void Block_of_a_server_says_how_it_is_asked()
    {
        Primary plain = Assert.Single(Map("192.0.2.1;").Primaries);
        Assert.Equal(
            (true, true, true, false, null),
            (plain.RequestsIxfr, plain.RequestsExpire, plain.UsesEdns, plain.TcpOnly, plain.MaxTransfers));
        Primary told = Assert.Single(Map("192.0.2.5;").Primaries);
        Assert.Equal(
            (false, false, false, true, 3),
            (told.RequestsIxfr, told.RequestsExpire, told.UsesEdns, told.TcpOnly, told.MaxTransfers));
        Assert.Equal("k", told.Key?.Name.ToLogString());
        Assert.Equal("the server is bogus", Assert.Single(Map("192.0.2.4;").Primaries).Obstacle);
    }

    [Fact]
    public void Block_of_tls_says_what_is_checked_and_by_which_versions()
    {
        OutboundTls tls = Assert.Single(Map("192.0.2.1 tls T;").Primaries).Tls!;
        Assert.Equal(
            ("/var/dns/ca.pem", "p.example", "/etc/c.pem", "/etc/c.key"), (tls.CaFile, tls.RemoteHostname, tls.CertFile, tls.KeyFile));
        Assert.Equal(SslProtocols.Tls13, tls.Versions);
        Assert.True(tls.Authenticates);
        OutboundTls old = Assert.Single(Map("192.0.2.1 tls old;").Primaries).Tls!;
        Assert.Equal((SslProtocols.Tls12, false), (old.Versions, old.Authenticates));
    }

    private static RefreshSettings Map(string primaries, string more = "")
    {
        LoadResult result = ConfigLoader.Load("/named.conf", new TextSource(
            $$"""
            options { tls-port 953; directory "/var/dns"; };
            {{Key}}
            server 192.0.2.7 { transfer-source 192.0.2.8; };
            server 192.0.2.5 { request-ixfr no; request-expire no; edns no; tcp-only yes; transfers 3; keys k; };
            server 192.0.2.4 { bogus yes; };
            primaries listed source 192.0.2.6 { 192.0.2.7; };
            tls t { ca-file "ca.pem"; remote-hostname "p.example"; cert-file "/etc/c.pem"; key-file "/etc/c.key"; };
            tls old { protocols { TLSv1.2; }; };
            zone example { type secondary; primaries { {{primaries}} }; {{more}} };
            """));
        Assert.True(result.CanLoad, string.Join('\n', result.Diagnostics));
        ViewConfiguration view = Assert.Single(result.Model!.Views);
        return new SecondarySettingsMapper(result.Model, _ => null).Map(view, Assert.Single(view.Zones), "example/IN");
    }
}

using ActorDns.Actors.Notify;
using ActorDns.Actors.Zones;
using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Tests.Wiring;

public sealed class NotifierSettingsMapperTests
{
    private const string Keys =
        "key k { algorithm hmac-sha256; secret \"AAAAAAAAAAAAAAAAAAAAAA==\"; }; "
        + "key l { algorithm hmac-sha256; secret \"AAAAAAAAAAAAAAAAAAAAAA==\"; };";

    private const string Also = "also-notify { 192.0.2.9; };";

    [Theory]
    [InlineData("", true, 1)]
    [InlineData("notify yes;", true, 1)]
    [InlineData("notify no;", false, 0)]
    [InlineData("notify explicit;", false, 1)]
    [InlineData("notify primary-only;", true, 1)]
    [InlineData("notify master-only;", true, 1)]
    public void Mode_of_a_primary_says_whether_name_servers_and_others_are_told(string statement, bool nameServers, int others)
    {
        ZoneNotifySettings zone = Assert.Single(Map($"zone example {{ type primary; file \"x\"; {statement} {Also} }};").Zones);
        Assert.Equal((nameServers, others), (zone.ToNameServers, zone.AlsoNotify.Count));
    }

    [Theory]
    [InlineData("notify yes;", true, 1)]
    [InlineData("notify explicit;", false, 1)]
    [InlineData("notify primary-only;", false, 0)]
    public void Mode_of_a_secondary_differs_for_primary_only(string statement, bool nameServers, int others)
    {
        ZoneNotifySettings zone = Assert.Single(Map(
            $"zone example {{ type secondary; primaries {{ 192.0.2.1; }}; {statement} {Also} }};").Zones);
        Assert.Equal((nameServers, others), (zone.ToNameServers, zone.AlsoNotify.Count));
    }

    [Fact]
    public void Statements_of_a_zone_reach_its_settings()
    {
        ZoneNotifySettings zone = Assert.Single(Map(
            "zone example { type primary; file \"x\"; notify-to-soa yes; notify-delay 9; notify-defer 3; "
            + "notify-source 192.0.2.3; notify-source-v6 2001:db8::3 port 99; };").Zones);
        Assert.Equal(
            (true, 9d, 3d, "192.0.2.3#0", "2001:db8::3#99"),
            (zone.ToSoaPrimary, zone.Delay.TotalSeconds, zone.Defer.TotalSeconds, zone.Source.ToString(), zone.SourceV6.ToString()));
    }

    [Fact]
    public void Defaults_are_those_of_BIND()
    {
        NotifierSettings settings = Map("zone example { type primary; file \"x\"; };");
        ZoneNotifySettings zone = Assert.Single(settings.Zones);
        Assert.Equal(
            (false, 5d, 0d, "0.0.0.0#0", "::#0", "example/IN"),
            (zone.ToSoaPrimary, zone.Delay.TotalSeconds, zone.Defer.TotalSeconds, zone.Source.ToString(), zone.SourceV6.ToString(),
                zone.LogName));
        Assert.Equal((20, 20, 5353), (settings.Rate, settings.StartupRate, settings.Port));
    }

    [Fact, Rfc(9103, "7.3")]
    public void Others_carry_their_keys_ports_sources_and_tls()
    {
        ZoneNotifySettings zone = Assert.Single(Map(
            Keys + "tls t { }; primaries list source 192.0.2.4 { 192.0.2.2 port 54; 192.0.2.3 tls t; };"
            + "zone example { type primary; file \"x\"; also-notify { list key k; 192.0.2.5 key l; 192.0.2.6; }; };").Zones);
        Assert.Equal(
            ["192.0.2.2#54 k 192.0.2.4#0 ", "192.0.2.3#853 k 192.0.2.4#0 t", "192.0.2.5#5353 l  ", "192.0.2.6#5353   "],
            zone.AlsoNotify.Select(other => $"{other.Endpoint} {other.Key?.Name.ToLogString()} {other.Source} {other.Tls?.Name}"));
    }

    [Fact]
    public void Server_blocks_are_sorted_by_length_and_those_of_a_view_stand_for_the_global_ones()
    {
        const string Blocks = "server 192.0.2.0/24 { keys k; }; server 192.0.2.1 { keys l; tcp-only yes; notify-source 192.0.2.7; };";
        IReadOnlyList<NotifyPeer> global = Assert.Single(Map(Keys + Blocks).Peers).Value;
        Assert.Equal(
            ["192.0.2.1 l 192.0.2.7#0 True", "192.0.2.0/24 k  False"],
            global.Select(peer => $"{peer.Prefix} {peer.Key?.Name.ToLogString()} {peer.Source} {peer.IsStreamOnly}"));

        NotifierSettings views = Map(
            Keys + Blocks + "view a { server 192.0.2.1 { keys k; }; zone example { type primary; file \"x\"; }; }; view b { };");
        Assert.Equal((1, 2), (views.Peers["a"].Count, views.Peers["b"].Count));
        Assert.Equal("k", views.Peers["a"][0].Key!.Name.ToLogString());
    }

    [Fact]
    public void Rates_are_those_of_the_options()
    {
        NotifierSettings settings = Map("options { notify-rate 3; startup-notify-rate 4; };");
        Assert.Equal((3, 4), (settings.Rate, settings.StartupRate));
    }

    private static NotifierSettings Map(string text)
    {
        LoadResult result = ConfigLoader.Load("/named.conf", new TextSource(text));
        Assert.True(result.CanLoad, string.Join('\n', result.Diagnostics));
        NamedConfiguration configuration = result.Model!;
        Dictionary<(string, DomainName), ZoneRuntime> served = [];
        return new NotifierSettingsMapper(configuration, port: 5353, _ => null).Map(
            configuration.Views.SelectMany(view => view.Zones.Select(zone =>
                (view, zone, new ZoneRuntime(new PublishedZone(zone.Name), null!, null, new UpdateInbox(), null!), $"{zone.Name.ToLogString()}/IN"))),
            served,
            []);
    }
}

using ActorDns.Configuration.Model;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Tests;

public sealed class ModelTests
{
    [Fact]
    public void Zone_settings_come_from_the_zone_then_the_view_then_options_then_the_default()
    {
        NamedConfiguration model = Load("""
            options { notify no; max-records 7; check-names primary ignore; };
            view "v" {
                max-records 8;
                zone "a" { type primary; file "a"; notify explicit; };
            };
            """);

        ZoneSettings settings = model.Views[0].Zones[0].Settings;

        Assert.Equal(
            "Explicit 4 8 3 Ignore 1 100 True",
            $"{settings.Notify.Value} {settings.Notify.Origin.Line} {settings.MaxRecords.Value} {settings.MaxRecords.Origin.Line} "
            + $"{settings.CheckNames.Value} {settings.CheckNames.Origin.Line} "
            + $"{settings.MaxTypesPerName.Value} {settings.MaxTypesPerName.IsDefault}");
    }

    [Fact]
    public void Transfer_is_refused_to_everybody_unless_written()
    {
        NamedConfiguration model = Load("""zone "a" { type primary; file "a"; };""");

        Assert.IsType<AddressMatchElement.None>(Assert.Single(model.Views[0].Zones[0].Settings.AllowTransfer.Value.Clients.Elements));
    }

    [Fact]
    public void Key_names_with_and_without_dot_and_quotes_are_one_name()
    {
        NamedConfiguration model = Load("""
            key host1-host2. { algorithm hmac-sha256-128; secret "AAAAAAAAAAAAAAAAAAAAAA=="; };
            zone "a" { type secondary; primaries { 10.0.0.1 port 5353 key "HOST1-host2"; }; };
            """);

        Assert.Equal(model.Keys[0].Name, model.Views[0].Zones[0].Primaries[0].Key);
        Assert.Equal(128, model.Keys[0].TruncatedBits);
    }

    [Fact]
    public void Secret_shows_in_no_printed_form_of_the_model()
    {
        NamedConfiguration model = Load("""key k { algorithm hmac-sha256; secret "AQIDBAUGBwgJCgsMDQ4PEA=="; };""");

        Assert.DoesNotContain("AQID", model.Keys[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(16, model.Keys[0].Secret.Octets.Length);
    }

    [Fact]
    public void Server_lists_nest_and_hand_down_key_and_tls()
    {
        NamedConfiguration model = Load("""
            primaries inner port 5300 { 10.0.0.1; 10.0.0.2 key other; };
            masters outer { inner key k tls ephemeral; 2001:db8::1 port 99; };
            zone "a" { type secondary; masters { outer; }; };
            """);

        Assert.Equal(
            ["10.0.0.1 5300 k. ephemeral", "10.0.0.2 5300 other. ephemeral", "2001:db8::1 99  "],
            model.Views[0].Zones[0].Primaries.Select(p => $"{p.Address} {p.Port} {p.Key} {p.Tls}"));
    }

    [Fact]
    public void Address_match_list_keeps_nesting_and_negation()
    {
        NamedConfiguration model = Load("acl a { !{ !10/8; any; }; key k; localhost; b; };");

        var elements = model.Acls[0].List.Elements;
        var nested = Assert.IsType<AddressMatchElement.Nested>(elements[0]);
        Assert.True(nested.IsNegated);
        Assert.True(Assert.IsType<AddressMatchElement.Prefix>(nested.List.Elements[0]).IsNegated);
        Assert.Equal(DomainName.Parse("k"), Assert.IsType<AddressMatchElement.Key>(elements[1]).Name);
        Assert.IsType<AddressMatchElement.LocalHost>(elements[2]);
        Assert.Equal("b", Assert.IsType<AddressMatchElement.AclReference>(elements[3]).Name);
    }

    [Fact]
    public void Update_policy_rules_are_in_the_model()
    {
        NamedConfiguration model = Load("""
            zone "a" { type primary; file "a"; update-policy { deny * name www.a. ANY; grant k zonesub A AAAA(3); }; };
            """);

        UpdatePolicy policy = model.Views[0].Zones[0].UpdatePolicy!;

        Assert.Equal(
            ["False Name www.a. ANY", "True ZoneSub . A,AAAA(3)"],
            policy.Rules.Select(r => $"{r.IsGrant} {r.Type} {r.Name} "
                + string.Join(',', r.RecordTypes.Select(t => t.MaxRecords is { } n ? $"{t.Type}({n})" : $"{t.Type}"))));
    }

    [Fact]
    public void Listening_is_on_both_families_at_port_53_unless_written()
    {
        NamedConfiguration model = Load("options { listen-on port 5300 tls ephemeral { 127.0.0.1; }; };");

        Assert.Equal(
            ["False 5300 ephemeral", "True 53 "],
            model.Options.ListenOn.Select(l => $"{l.IsV6} {l.EffectivePort(model.Options.Port.Value)} {l.Tls}"));
    }

    [Fact]
    public void Statements_are_listed_with_their_blocks_and_places()
    {
        NamedConfiguration model = Load(
            "options {\n recursive-clients 5;\n};\nzone \"a\" { type primary; file \"a\";\n sig-signing-type 65534; };");

        Assert.Equal(
            [":options 1", "options:recursive-clients 2", ":zone 4", "zone:type 4", "zone:file 4", "zone:sig-signing-type 5"],
            model.Statements.Select(written => $"{written.Block}:{written.Statement.Name} {written.Statement.Position.Line}"));
    }

    [Fact]
    public void Logging_channel_carries_file_rules_and_severity()
    {
        NamedConfiguration model = Load("""
            logging { channel c { file "x" size 5m versions 3; severity debug 3; print-time iso8601-utc; }; category security { c; }; };
            """);

        LogChannel channel = model.Logging!.Channels[0];
        Assert.Equal(
            "x 3 5242880 Debug 3 Iso8601Utc",
            $"{channel.FilePath} {channel.Versions} {channel.SizeBytes} {channel.Severity} {channel.DebugLevel} {channel.PrintTime}");
    }

    [Fact]
    public void Control_channel_has_port_953_and_the_keys_written()
    {
        NamedConfiguration model = Load("""
            controls { inet * allow { localhost; } keys { "rndc"; } read-only yes; };
            key rndc { algorithm hmac-sha256; secret "AQIDBAUGBwgJCgsMDQ4PEA=="; };
            """);

        ControlChannel channel = Assert.Single(model.Controls!.Value);
        Assert.Equal("0.0.0.0 953 rndc True", $"{channel.Address} {channel.Port} {channel.Keys[0]} {channel.IsReadOnly}");
    }

    private static NamedConfiguration Load(string text)
    {
        LoadResult result = MemoryConfigSource.Load(text);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        return result.Model!;
    }
}

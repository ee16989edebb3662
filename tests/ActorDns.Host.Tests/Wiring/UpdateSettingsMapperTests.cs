using ActorDns.Configuration;
using ActorDns.Configuration.Model;
using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Updates;
using UpdatePolicy = ActorDns.Zones.Updates.UpdatePolicy;

namespace ActorDns.Host.Tests.Wiring;

public sealed class UpdateSettingsMapperTests
{
    private const string Key = "key k { algorithm hmac-sha256; secret \"AAAAAAAAAAAAAAAAAAAAAA==\"; };";

    [Fact]
    public void Settings_of_a_zone_reach_the_evaluation()
    {
        UpdateSettings settings = Map(
            "allow-query { 10.0.0.0/8; }; allow-update { key k; }; serial-update-method date; max-records 9; "
            + "max-records-per-type 7; max-types-per-name 5; check-names warn; max-zone-ttl 60;");
        Assert.Equal(
            (SerialMethod.Date, 9L, 7, 5, CheckLevel.Warn, 60u),
            (settings.SerialMethod, settings.MaxRecords, settings.MaxRecordsPerType, settings.MaxTypesPerName, settings.CheckNames,
                settings.MaxTtlSeconds!.Value));
        Assert.Null(settings.Policy);
        Assert.False(settings.AllowQuery.Allows(new AccessSubject(NetAddress.FromIPv4(0x7F000001))));
        Assert.True(settings.AllowUpdate.Allows(new AccessSubject(NetAddress.FromIPv4(1)) { KeyName = DomainName.Parse("k.").Wire }));
        Assert.False(settings.AllowUpdate.Allows(new AccessSubject(NetAddress.FromIPv4(1))));
    }

    [Fact]
    public void Defaults_are_the_same_on_both_sides()
    {
        UpdateSettings mapped = Map("");
        UpdateSettings defaults = new();
        Assert.Equal(
            (defaults.SerialMethod, defaults.MaxRecords, defaults.MaxRecordsPerType, defaults.MaxTypesPerName, defaults.CheckNames),
            (mapped.SerialMethod, mapped.MaxRecords, mapped.MaxRecordsPerType, mapped.MaxTypesPerName, mapped.CheckNames));
        Assert.True(mapped.AllowUpdate.IsNone);
        Assert.True(mapped.AllowQuery.IsAny);
    }

    [Fact]
    public void Rules_are_mapped_in_order_with_names_types_and_place()
    {
        UpdatePolicy policy = Map("update-policy { deny k name a.example. A TXT(2); grant * selfsub * ANY(3); grant k zonesub; };").Policy!;
        Assert.Equal(
            ["deny k name a.example A TXT(2)", "grant * selfsub * ANY(3)", "grant k zonesub"],
            policy.Rules.Select(rule => (rule with { Origin = "" }).ToString()));
        Assert.All(policy.Rules, rule => Assert.Contains("named.conf:", rule.Origin, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_type_of_the_configuration_has_its_kind()
    {
        Assert.Equal(Enum.GetNames<UpdateRuleType>(), Enum.GetNames<UpdateRuleKind>());
        UpdatePolicy policy = Map("update-policy { grant k 6to4-self . PTR; grant k krb5-self . A; grant k external example.; };").Policy!;
        Assert.Equal(
            [UpdateRuleKind.SixToFourSelf, UpdateRuleKind.Krb5Self, UpdateRuleKind.External], policy.Rules.Select(rule => rule.Kind));
    }

    [Fact]
    public void Local_policy_means_the_session_key_on_this_host()
    {
        UpdatePolicy policy = Map("update-policy local;").Policy!;
        Assert.True(policy.IsLocal);
        UpdateRequester here = new(NetAddress.FromIPv4(0x7F000001), AccessTransports.Udp, DomainName.Parse("local-ddns."));
        ReadOnlySpan<byte> zone = DomainName.Parse("example.").Wire;
        Assert.True(policy.Decide(here, zone, zone, RecordType.Ns).IsGranted);
        Assert.False(policy.Decide(here with { Client = NetAddress.FromIPv4(0x0A000001) }, zone, zone, RecordType.Ns).IsGranted);
    }

    private static UpdateSettings Map(string statements)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(
            "named.conf", $"{Key}\nzone example {{ type primary; file \"example.zone\"; {statements} }};\n");
        LoadResult result = ConfigLoader.Load(path, new FileConfigSource(folder.Root));
        Assert.True(result.CanLoad, string.Join('\n', result.Diagnostics));
        NamedConfiguration configuration = result.Model!;
        LocalAddressBook local = new();
        local.Publish(new LocalAddresses([(NetAddress.FromIPv4(0x7F000001), 8)]));
        return new UpdateSettingsMapper(configuration, local).Map(configuration.Views.Single().Zones.Single());
    }
}

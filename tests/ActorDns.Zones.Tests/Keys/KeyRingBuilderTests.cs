using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;
using ActorDns.Zones.Keys;

namespace ActorDns.Zones.Tests.Keys;

public sealed class KeyRingBuilderTests
{
    [Fact]
    public void Ring_holds_configured_keys_and_the_live_ones_of_the_registry()
    {
        KeyRing ring = KeyRingBuilder.Build(
            [Configured("static.")],
            [KeyLineTests.Key(1, KeyState.Retired), KeyLineTests.Key(2, KeyState.Retiring), KeyLineTests.Key(3, KeyState.Active)]);

        Assert.Equal(["static.", "certbot-g3.", "certbot-g2."], ring.Entries.Select(entry => entry.Key.Name.ToString()));
        Assert.Equal(["certbot.", "certbot-g2."], ring.Entries[1].Succeeds.Select(name => name.ToString()));
    }

    [Fact]
    public void Configured_key_that_the_registry_has_retired_is_not_accepted() =>
        Assert.Empty(KeyRingBuilder.Build([Configured("certbot.")], [KeyLineTests.Key(1, KeyState.Retired)]).Entries);

    [Fact]
    public void Of_two_generations_with_one_name_the_signing_one_is_tried_first()
    {
        RegisteredKey old = KeyLineTests.Key(1, KeyState.Retiring);
        RegisteredKey active = KeyLineTests.Key(2, KeyState.Active) with { Name = old.Name };

        KeyRing ring = KeyRingBuilder.Build([], [old, active]);

        Assert.True(ring.TryFind(old.Name.Wire, out TsigKey? first));
        Assert.Equal(active.Secret, first.Secret);
        Assert.True(ring.Keys.TryFind(old.Name.Wire, 1, out TsigKey? second));
        Assert.Equal(old.Secret, second.Secret);
        Assert.True(ring.AliasesOf(first).IsEmpty);
    }

    [Fact]
    public void Cookie_secret_is_no_key() =>
        Assert.Empty(KeyRingBuilder.Build([], [KeyLineTests.Key(1, KeyState.Active) with { Kind = KeyKind.Cookie }]).Entries);

    private static TsigKey Configured(string name) =>
        new(DomainName.Parse(name), TsigAlgorithm.HmacSha256, new TsigSecret("0123456789abcdef0123456789abcdef"u8));
}

using ActorDns.Actors.Keys;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Tests.Keys;

public sealed class KeySealerTests
{
    private static readonly byte[] First = [.. Enumerable.Range(0, 32).Select(at => (byte)at)];
    private static readonly byte[] Second = [.. Enumerable.Range(7, 40).Select(at => (byte)at)];

    private static readonly RegisteredKey Key = new()
    {
        Line = DomainName.Parse("certbot."),
        Generation = 2,
        Name = DomainName.Parse("certbot-g2."),
        Algorithm = "hmac-sha256",
        State = KeyState.Active,
        Created = DateTimeOffset.UnixEpoch,
        Secret = new TsigSecret("0123456789abcdef0123456789abcdef"u8),
    };

    [Fact]
    public void Sealed_secret_opens_for_its_key_and_shows_nothing()
    {
        KeySealer sealer = new([First]);
        byte[] made = sealer.Seal(Key);

        Assert.Equal(Key.Secret, sealer.Open(made, Key with { State = KeyState.Retiring, Name = DomainName.Parse("CERTBOT-G2.") }));
        Assert.True(made.AsSpan().IndexOf(Key.Secret!.Octets[..8]) < 0);
        Assert.NotEqual(made, sealer.Seal(Key));
    }

    [Fact]
    public void Sealed_secret_is_bound_to_name_generation_algorithm_and_purpose()
    {
        KeySealer sealer = new([First]);
        byte[] made = sealer.Seal(Key);

        Assert.Null(sealer.Open(made, Key with { Generation = 3 }));
        Assert.Null(sealer.Open(made, Key with { Algorithm = "hmac-sha512" }));
        Assert.Null(sealer.Open(made, Key with { Name = DomainName.Parse("other.") }));
        Assert.Null(sealer.Open(made, Key with { Line = DomainName.Parse("other.") }));
        Assert.Null(sealer.Open(made, Key with { Kind = KeyKind.Cookie }));
    }

    [Fact]
    public void No_octet_of_a_sealed_secret_can_be_changed_or_left_out()
    {
        KeySealer sealer = new([First]);
        byte[] made = sealer.Seal(Key);
        for (int at = 0; at < made.Length; at++)
        {
            byte[] changed = [.. made];
            changed[at] ^= 1;
            Assert.Null(sealer.Open(changed, Key));
            Assert.Null(sealer.Open(made.AsSpan(0, at), Key));
        }
    }

    [Fact]
    public void New_cluster_secret_seals_while_the_old_one_still_opens()
    {
        byte[] old = new KeySealer([First]).Seal(Key);
        KeySealer both = new([Second, First]);

        Assert.Equal(Key.Secret, both.Open(old, Key));
        Assert.False(both.IsCurrent(old));
        Assert.True(both.IsCurrent(both.Seal(Key)));
        Assert.Null(new KeySealer([Second]).Open(old, Key));
        Assert.Equal(Key.Secret, new KeySealer([Second]).Open(both.Seal(Key), Key));
    }

    [Fact]
    public void Cluster_secret_of_fewer_than_32_octets_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new KeySealer([First[..31]]));
        Assert.Throws<ArgumentException>(() => new KeySealer([]));
    }
}

using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Tests.Access;

public sealed class KeyRingTests
{
    private static readonly TsigSecret Secret = new("0123456789abcdef0123456789abcdef"u8);

    [Fact]
    public void Ring_finds_a_key_by_its_name_in_any_case()
    {
        TsigKey key = Key("k.example.");
        KeyRing ring = KeyRing.Create([new KeyRingEntry(key), new KeyRingEntry(Key("other."))]);
        Assert.True(ring.TryFind(DomainName.Parse("K.Example.").Wire, out TsigKey? found));
        Assert.Same(key, found);
    }

    [Fact]
    public void Ring_does_not_find_a_name_it_does_not_hold() =>
        Assert.False(KeyRing.Create([new KeyRingEntry(Key("k."))]).TryFind(DomainName.Parse("l.").Wire, out _));

    [Fact]
    public void Empty_ring_finds_nothing() => Assert.False(KeyRing.Empty.TryFind(DomainName.Parse("k.").Wire, out _));

    [Fact]
    public void Two_generations_of_a_name_are_tried_in_the_order_given()
    {
        TsigKey first = Key("k.");
        TsigKey second = Key("K.");
        KeyRing ring = KeyRing.Create([new KeyRingEntry(first), new KeyRingEntry(second)]);
        Assert.True(ring.Keys.TryFind(DomainName.Parse("k.").Wire, 1, out TsigKey? found));
        Assert.Same(second, found);
        Assert.True(ring.TryFind(DomainName.Parse("k.").Wire, out found));
        Assert.Same(first, found);
    }

    [Fact]
    public void Three_keys_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => KeyRing.Create(
            [new KeyRingEntry(Key("k.")), new KeyRingEntry(Key("k.")), new KeyRingEntry(Key("k."))]));

    [Fact]
    public void Successor_is_known_by_the_names_of_the_keys_whose_place_it_has()
    {
        TsigKey successor = Key("k-g3.");
        KeyRing ring = KeyRing.Create(
        [
            new KeyRingEntry(Key("k-g2.")),
            new KeyRingEntry(successor) { Succeeds = [DomainName.Parse("k."), DomainName.Parse("k-g2.")] },
        ]);
        Assert.Equal("\u0001k\0\u0004k-g2\0"u8, ring.AliasesOf(successor).Span);
    }

    [Fact]
    public void Key_that_succeeds_none_has_no_other_name()
    {
        TsigKey key = Key("k.");
        Assert.True(KeyRing.Create([new KeyRingEntry(key)]).AliasesOf(key).IsEmpty);
    }

    private static TsigKey Key(string name) => new(DomainName.Parse(name), TsigAlgorithm.HmacSha256, Secret);
}

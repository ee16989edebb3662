using System.Net;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Tests.Access;

public sealed class NetAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("2001:db8:1234:5678:9abc:def0:1122:3344")]
    public void NetAddress_of_a_framework_address_prints_the_same(string text) =>
        Assert.Equal(text, NetAddress.From(IPAddress.Parse(text)).ToString());

    [Fact]
    public void NetAddress_that_is_mapped_equals_its_IPv4_address() =>
        Assert.Equal(Address("192.0.2.1"), Address("::ffff:192.0.2.1"));

    [Fact]
    public void NetAddress_that_looks_like_mapped_but_is_not_stays_IPv6() =>
        Assert.True(Address("::fffe:192.0.2.1").IsIPv6);

    [Fact]
    public void NetAddress_with_a_wrong_number_of_octets_is_refused() =>
        Assert.Throws<ArgumentException>(() => NetAddress.FromBytes(new byte[5]));

    [Fact]
    public void NetAddress_zero_of_both_families_differ() => Assert.NotEqual(Address("0.0.0.0"), Address("::"));

    [Fact]
    public void NetEndpoint_prints_address_and_port_with_a_hash() =>
        Assert.Equal("2001:db8::1#53", new NetEndpoint(Address("2001:db8::1"), 53).ToString());

    [Fact]
    public void NetAddress_prefix_tests_agree_with_a_bit_by_bit_comparison()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] a = new byte[random.Next(2) == 0 ? 4 : 16];
            random.NextBytes(a);
            byte[] b = [.. a];
            if (random.Next(4) != 0)
                b[random.Next(b.Length)] ^= (byte)(1 << random.Next(8));
            int bits = random.Next((a.Length * 8) + 1);
            bool expected = FirstBits(a, bits) == FirstBits(b, bits);
            Assert.True(
                expected == NetAddress.FromBytes(a).IsIn(NetAddress.FromBytes(b), bits),
                $"seed {seed}: {Convert.ToHexString(a)} in {Convert.ToHexString(b)}/{bits}");
        }
    }

    [Fact]
    public void NetAddress_mask_keeps_the_prefix_and_clears_the_rest()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        byte[] written = new byte[16];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] octets = new byte[random.Next(2) == 0 ? 4 : 16];
            random.NextBytes(octets);
            int bits = random.Next((octets.Length * 8) + 1);
            int length = NetAddress.FromBytes(octets).Masked(bits).WriteBytes(written);
            string expected = FirstBits(octets, bits).PadRight(octets.Length * 8, '0');
            Assert.True(
                expected == FirstBits(written[..length], length * 8),
                $"seed {seed}: {Convert.ToHexString(octets)}/{bits}");
        }
    }

    [Theory]
    [InlineData("::ffff:10.0.0.0", 104, "10.0.0.0/8")]
    [InlineData("10.1.2.3", 8, "10.0.0.0/8")]
    [InlineData("10.1.2.3", 32, "10.1.2.3")]
    [InlineData("2001:db8::1", 32, "2001:db8::/32")]
    public void NetPrefix_clears_host_bits_and_counts_mapped_prefixes_as_IPv4(string address, int bits, string expected) =>
        Assert.Equal(expected, new NetPrefix(Address(address), bits).ToString());

    [Theory]
    [InlineData("10.0.0.0", 33)]
    [InlineData("10.0.0.0", -1)]
    [InlineData("::1", 129)]
    public void NetPrefix_longer_than_the_address_is_refused(string address, int bits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NetPrefix(Address(address), bits));

    private static NetAddress Address(string text) => NetAddress.From(IPAddress.Parse(text));

    private static string FirstBits(byte[] octets, int bits) =>
        string.Concat(octets.Select(octet => octet.ToString("b8", null)))[..bits];
}

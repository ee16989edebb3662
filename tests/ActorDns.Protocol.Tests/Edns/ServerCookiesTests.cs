using System.Net;
using ActorDns.Protocol.Edns;

namespace ActorDns.Protocol.Tests.Edns;

public sealed class ServerCookiesTests
{
    private const string Secret = "e5e973e5a6b2a43f48e7dc849e37bfcf";
    private const string OtherSecret = "445536bcd2513298075a5d379663c962";
    private const string FormerSecret = "dd3bdf9344b678b185a6f5cb60fca715";
    private const string Client = "198.51.100.100";
    private const string Cookie = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";
    private const long Made = 1_559_731_985;

    [Theory, Rfc(9018, "A")]
    [InlineData(Secret, Client, Made, Cookie)]
    [InlineData(Secret, Client, 1_559_734_385, "2464c4abcf10c957010000005cf7a871d4a564a1442aca77")]
    [InlineData(Secret, "203.0.113.203", 1_559_734_700, "fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e")]
    [InlineData(
        OtherSecret, "2001:db8:220:1:59de:d0f4:8769:82b8", 1_559_741_961, "22681ab97d52c298010000005cf7c609a6bb79d16625507a")]
    public void Cookies_made_are_those_of_the_test_vectors(string secret, string client, long now, string expected)
    {
        byte[] made = new byte[ServerCookies.OptionBytes];
        byte[] wanted = Convert.FromHexString(expected);
        Cookies(secret).Write(wanted.AsSpan(0, 8), Address(client), now, made);
        Assert.Equal(wanted, made);
    }

    [Fact, Rfc(9018, "4.2")]
    public void Reserved_octets_that_are_set_are_hashed_as_received() =>
        Assert.Equal(
            CookieStatus.Good,
            Check(Cookies(Secret), "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5", "203.0.113.203", 1_559_727_985));

    [Fact, Rfc(9018, "5")]
    public void Cookie_of_a_former_secret_is_good_and_renewed() =>
        Assert.Equal(
            CookieStatus.GoodRenew,
            Check(
                Cookies(OtherSecret, FormerSecret),
                "22681ab97d52c298010000005cf7c57926556bd0934c72f8",
                "2001:db8:220:1:59de:d0f4:8769:82b8",
                1_559_741_961));

    [Theory, Rfc(9018, "4.3")]
    [InlineData(0, CookieStatus.Good)]
    [InlineData(1_800, CookieStatus.Good)]
    [InlineData(1_801, CookieStatus.GoodRenew)]
    [InlineData(3_600, CookieStatus.GoodRenew)]
    [InlineData(3_601, CookieStatus.Bad)]
    [InlineData(-300, CookieStatus.Good)]
    [InlineData(-301, CookieStatus.Bad)]
    public void Age_of_a_cookie_decides_whether_it_is_good(int age, CookieStatus expected) =>
        Assert.Equal(expected, Check(Cookies(Secret), Cookie, Client, Made + age));

    [Fact, Rfc(9018, "4.3")]
    public void Age_is_counted_across_the_wrap_of_32_bits()
    {
        const long beforeWrap = 0xFFFF_FFF0;
        byte[] made = new byte[ServerCookies.OptionBytes];
        Cookies(Secret).Write(new byte[8], Address(Client), beforeWrap, made);
        Assert.Equal(CookieStatus.Good, Cookies(Secret).Check(made, Address(Client), beforeWrap + 100));
    }

    [Theory, Rfc(9018, "4.4")]
    [InlineData(23)]
    [InlineData(25)]
    [InlineData(36)]
    [InlineData(40)]
    public void Cookie_of_version_1_in_an_option_of_another_length_is_bad(int length)
    {
        // The address behind a good cookie, so that 36 octets from an IPv4 client would hash as 24 from an IPv6 one.
        byte[] address = Address("2001:db8:220:1:59de:d0f4:8769:82b8");
        byte[] option = new byte[length];
        byte[] good = new byte[ServerCookies.OptionBytes];
        Cookies(Secret).Write(new byte[8], address, Made, good);
        good.AsSpan(0, Math.Min(length, good.Length)).CopyTo(option);
        if (length > good.Length)
            address.AsSpan(0, length - good.Length).CopyTo(option.AsSpan(good.Length));
        Assert.Equal(CookieStatus.Good, Cookies(Secret).Check(good, address, Made));
        Assert.Equal(CookieStatus.Bad, Cookies(Secret).Check(option, address, Made));
        Assert.Equal(CookieStatus.Bad, Cookies(Secret).Check(option, address.AsSpan(12), Made));
    }

    [Fact]
    public void Cookie_of_another_client_address_is_bad() =>
        Assert.Equal(CookieStatus.Bad, Check(Cookies(Secret), Cookie, "198.51.100.101", Made));

    [Fact]
    public void Cookie_of_an_unknown_secret_is_bad() =>
        Assert.Equal(CookieStatus.Bad, Check(Cookies(OtherSecret), Cookie, Client, Made));

    [Fact]
    public void Cookie_with_any_bit_turned_is_bad()
    {
        ServerCookies cookies = Cookies(Secret);
        for (int bit = 0; bit < ServerCookies.OptionBytes * 8; bit++)
        {
            byte[] option = Convert.FromHexString(Cookie);
            option[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(CookieStatus.Bad, cookies.Check(option, Address(Client), Made));
        }
    }

    [Theory, Rfc(7873, "5.2.2")]
    [InlineData(0, CookieStatus.Malformed)]
    [InlineData(7, CookieStatus.Malformed)]
    [InlineData(8, CookieStatus.ClientOnly)]
    [InlineData(9, CookieStatus.Malformed)]
    [InlineData(15, CookieStatus.Malformed)]
    [InlineData(16, CookieStatus.Bad)]
    [InlineData(24, CookieStatus.Bad)]
    [InlineData(40, CookieStatus.Bad)]
    [InlineData(41, CookieStatus.Malformed)]
    public void Length_of_the_option_decides_what_it_can_be(int length, CookieStatus expected) =>
        Assert.Equal(expected, Cookies(Secret).Check(new byte[length], Address(Client), Made));

    [Fact]
    public void Secret_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServerCookies(new byte[8]));

    [Fact]
    public void No_secret_at_all_is_refused() => Assert.Throws<ArgumentException>(() => new ServerCookies());

    private static ServerCookies Cookies(params string[] secrets) =>
        new([.. secrets.Select(Convert.FromHexString)]);

    private static CookieStatus Check(ServerCookies cookies, string option, string client, long now) =>
        cookies.Check(Convert.FromHexString(option), Address(client), now);

    private static byte[] Address(string text) => IPAddress.Parse(text).GetAddressBytes();
}

using System.Net;
using System.Text;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Tests.Text;

public sealed class TextHelperTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("3600", 3_600)]
    [InlineData("00060", 60)]
    [InlineData("1h30m", 5_400)]
    [InlineData("1W2D3H4M5S", 788_645)]
    [InlineData("30m1h", 5_400)]
    [InlineData("2147483647", int.MaxValue)]
    public void Ttl_is_read_in_seconds_or_units(string text, uint seconds)
    {
        Assert.True(TtlText.TryParse(Encoding.ASCII.GetBytes(text), out uint read));
        Assert.Equal(seconds, read);
    }

    [Theory, Rfc(2181, "8")]
    [InlineData("2147483648")]
    [InlineData("4294967295")]
    [InlineData("99999999999999999999")]
    [InlineData("3551w")]
    public void Ttl_above_31_bits_is_refused(string text) =>
        Assert.False(TtlText.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("1h30")]
    [InlineData("1y")]
    [InlineData("-1")]
    [InlineData("1.5h")]
    [InlineData(" 1")]
    public void Text_that_is_no_ttl_is_refused(string text) =>
        Assert.False(TtlText.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory, Rfc(4034, "3.2")]
    [InlineData("19700101000000", 0)]
    [InlineData("20040509183619", 1_084_127_779)]
    [InlineData("20160229235960", 1_456_790_400)]
    [InlineData("21060207062815", uint.MaxValue)]
    [InlineData("1084127779", 1_084_127_779)]
    [InlineData("4294967295", uint.MaxValue)]
    public void Signature_time_is_read_in_both_forms(string text, uint seconds)
    {
        Assert.True(SignatureTimeText.TryParse(Encoding.ASCII.GetBytes(text), out uint read));
        Assert.Equal(seconds, read);
    }

    [Theory]
    [InlineData("21060207062816")]
    [InlineData("20010229000000")]
    [InlineData("20041301000000")]
    [InlineData("20040001000000")]
    [InlineData("20040100000000")]
    [InlineData("20040101240000")]
    [InlineData("20040101006000")]
    [InlineData("2004010100000x")]
    [InlineData("4294967296")]
    [InlineData("")]
    public void Text_that_is_no_signature_time_is_refused(string text) =>
        Assert.False(SignatureTimeText.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Theory, Rfc(4648, "10")]
    [InlineData("", "", "", "")]
    [InlineData("f", "66", "CO", "Zg==")]
    [InlineData("fo", "666F", "CPNG", "Zm8=")]
    [InlineData("foo", "666F6F", "CPNMU", "Zm9v")]
    [InlineData("foob", "666F6F62", "CPNMUOG", "Zm9vYg==")]
    [InlineData("fooba", "666F6F6261", "CPNMUOJ1", "Zm9vYmE=")]
    [InlineData("foobar", "666F6F626172", "CPNMUOJ1E8", "Zm9vYmFy")]
    public void Octets_print_and_read_as_hex_base32hex_and_base64(string octets, string hex, string base32, string base64)
    {
        byte[] plain = Encoding.ASCII.GetBytes(octets);
        StringBuilder text = new();
        BinaryText.AppendHex(text, plain);
        Assert.Equal(hex, text.ToString());
        BinaryText.AppendBase32Hex(text.Clear(), plain);
        Assert.Equal(base32, text.ToString());
        BinaryText.AppendBase64(text.Clear(), plain);
        Assert.Equal(base64, text.ToString());

        byte[] read = new byte[16];
        Assert.True(BinaryText.TryDecodeHex(Encoding.ASCII.GetBytes(hex), read, out int length));
        Assert.Equal(plain, read[..length]);
        Assert.True(BinaryText.TryDecodeBase32Hex(Encoding.ASCII.GetBytes(base32.ToLowerInvariant()), read, out length));
        Assert.Equal(plain, read[..length]);
        Assert.True(BinaryText.TryDecodeBase64(Encoding.ASCII.GetBytes(base64), read, out length));
        Assert.Equal(plain, read[..length]);
    }

    [Theory]
    [InlineData("Zg=")]
    [InlineData("Zg")]
    [InlineData("Zg===")]
    [InlineData("Z")]
    [InlineData("Zh==")]
    [InlineData("Zg==Zg==")]
    [InlineData("Zm8=x")]
    [InlineData("Zm-v")]
    [InlineData("====")]
    public void Base64_that_is_cut_or_badly_padded_is_refused(string text) =>
        Assert.False(BinaryText.TryDecodeBase64(Encoding.ASCII.GetBytes(text), new byte[16], out _));

    [Theory]
    [InlineData("C")]
    [InlineData("CP")]
    [InlineData("CPN")]
    [InlineData("CW")]
    public void Base32hex_that_is_no_whole_number_of_octets_is_refused(string text) =>
        Assert.False(BinaryText.TryDecodeBase32Hex(Encoding.ASCII.GetBytes(text), new byte[16], out _));

    [Theory, Rfc(5952, "4")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")]
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("ABCD:EF01::", "abcd:ef01::")]
    [InlineData("::", "::")]
    [InlineData("0:0:0:0:0:0:0:1", "::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.33", "64:ff9b::c000:221")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    public void IPv6_is_read_in_every_form_and_printed_in_one(string text, string printed)
    {
        byte[] address = new byte[IPv6Text.Bytes];
        Assert.True(IPv6Text.TryParse(Encoding.ASCII.GetBytes(text), address));
        StringBuilder back = new();
        IPv6Text.Append(back, address);
        Assert.Equal(printed, back.ToString());
        Assert.Equal(IPAddress.Parse(text).GetAddressBytes(), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1:2:3:4:5:6:7:8")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("fe80::1%eth0")]
    public void Text_that_is_no_IPv6_address_is_refused(string text) =>
        Assert.False(IPv6Text.TryParse(Encoding.ASCII.GetBytes(text), new byte[IPv6Text.Bytes]));

    [Fact]
    public void Random_IPv6_addresses_survive_text()
    {
        Random random = new(5952);
        byte[] address = new byte[IPv6Text.Bytes];
        byte[] back = new byte[IPv6Text.Bytes];
        for (int round = 0; round < 2_000; round++)
        {
            for (int at = 0; at < address.Length; at++)
                address[at] = (byte)(random.Next(3) == 0 ? random.Next(256) : 0);
            StringBuilder text = new();
            IPv6Text.Append(text, address);
            Assert.True(IPv6Text.TryParse(Encoding.ASCII.GetBytes(text.ToString()), back), text.ToString());
            Assert.Equal(address, back);
        }
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("256.1.1.1")]
    [InlineData("01.2.3.4")]
    [InlineData("1..2.3")]
    [InlineData(".1.2.3")]
    [InlineData("1.2.3.")]
    [InlineData("")]
    [InlineData("1.2.3.x")]
    public void Text_that_is_no_IPv4_address_is_refused(string text) =>
        Assert.False(IPv4Text.TryParse(Encoding.ASCII.GetBytes(text), new byte[IPv4Text.Bytes]));

    [Theory, Rfc(1035, "5.1")]
    [InlineData("abc", "616263")]
    [InlineData("a\\\"b", "612262")]
    [InlineData("\\\\", "5C")]
    [InlineData("\\000\\255", "00FF")]
    [InlineData("\\0651", "4131")]
    [InlineData("\\a", "61")]
    public void Escapes_are_resolved(string text, string hex)
    {
        byte[] octets = new byte[CharacterString.MaxBytes];
        Assert.True(CharacterString.TryUnescape(Encoding.ASCII.GetBytes(text), octets, out int length));
        Assert.Equal(hex, Convert.ToHexString(octets.AsSpan(0, length)));
    }

    [Theory, Rfc(1035, "5.1")]
    [InlineData("\\")]
    [InlineData("\\25")]
    [InlineData("\\2")]
    [InlineData("\\256")]
    [InlineData("\\2x5")]
    public void Bad_escapes_are_refused(string text) =>
        Assert.False(CharacterString.TryUnescape(Encoding.ASCII.GetBytes(text), new byte[16], out _));
}

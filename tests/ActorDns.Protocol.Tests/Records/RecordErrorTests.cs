namespace ActorDns.Protocol.Tests.Records;

public sealed class RecordErrorTests
{
    [Theory]
    [InlineData("MX", "", "preference is missing")]
    [InlineData("MX", "10", "exchange is missing")]
    [InlineData("MX", "x mail", "preference 'x' is not a number from 0 to 65535")]
    [InlineData("MX", "65536 mail", "preference '65536' is not a number from 0 to 65535")]
    [InlineData("MX", "10 mail 20", "'20' follows the last field")]
    [InlineData("MX", "10 a..b", "exchange 'a..b' has an empty label")]
    [InlineData("MX", "10 a\\300", "exchange 'a\\300' has a bad escape (\\DDD is 000 to 255)")]
    [InlineData("A", "192.0.2.256", "address '192.0.2.256' is not an IPv4 address")]
    [InlineData("A", "192.0.2", "address '192.0.2' is not an IPv4 address")]
    [InlineData("AAAA", "192.0.2.1", "address '192.0.2.1' is not an IPv6 address")]
    [InlineData("AAAA", "2001:db8::1::2", "address '2001:db8::1::2' is not an IPv6 address")]
    [InlineData("SOA", "ns h 1 2 3 4", "minimum is missing")]
    [InlineData("SOA", "ns h 1 2x 3 4 5", "refresh '2x' is not a time in seconds of 32 bits")]
    [InlineData("TXT", "", "text is missing")]
    [InlineData("TXT", "\"a\\25\"", "text 'a\\25' has a bad escape (\\DDD is 000 to 255)")]
    [InlineData("DS", "1 8 2 00", "digest has 1 octets, its type has 32")]
    [InlineData("DS", "1 FOO 2 00", "algorithm 'FOO' is neither a known name nor a number from 0 to 255")]
    [InlineData("DS", "1 8 2 0g", "digest '0g' is not hex")]
    [InlineData("DS", "1 8 2 012", "digest has an odd number of hex digits")]
    [InlineData("DNSKEY", "257 3 8 A", "public key is base64 that is cut short or badly padded")]
    [InlineData("DNSKEY", "257 3 8", "public key is missing")]
    [InlineData("NSEC", "next A FOO", "types 'FOO' is not a record type")]
    [InlineData("RRSIG", "A 8 2 1 20300231000000 0 1 . AA==", "expiration '20300231000000' is neither YYYYMMDDHHmmSS nor seconds since 1970")]
    [InlineData("NSEC3PARAM", "1 0 0 xyz", "salt 'xyz' is neither '-' nor up to 255 octets in hex")]
    [InlineData("LOC", "91 N 0 E 0", "latitude '91' does not fit DEGREES [MINUTES [SECONDS[.THOUSANDTHS]]] and a side")]
    [InlineData("LOC", "90 0 0.001 N 0 E 0", "latitude is more than 90 degrees")]
    [InlineData("LOC", "0 N 0 E", "altitude is missing")]
    [InlineData("CAA", "0 is-sue \"x\"", "tag 'is-sue' is not 1 to 255 letters and digits")]
    [InlineData("APL", "1:10.0.0.0/33", "prefixes '1:10.0.0.0/33' is not [!]1:IPv4/LENGTH or [!]2:IPv6/LENGTH")]
    [InlineData("NULL", "abc", "RDATA of this type can only be given as \\# LENGTH HEX (RFC 3597)")]
    [InlineData("TYPE65280", "abc", "RDATA of this type can only be given as \\# LENGTH HEX (RFC 3597)")]
    [InlineData("TYPE65280", "\\#", "RDATA of this type can only be given as \\# LENGTH HEX (RFC 3597)")]
    [InlineData("TYPE65280", "\\# 3 0102", "RDATA has 2 octets, but its length is given as 3")]
    [InlineData("A", "\\# 3 010203", "these 3 octets have not the form of A RDATA")]
    public void Error_says_which_field_is_wrong_and_how(string type, string text, string error) =>
        Assert.Equal(error, RecordText.ErrorOf(type, text));

    [Fact, Rfc(6891, "5")]
    public void Bit_string_label_is_an_error() =>
        Assert.Equal(
            "name '\\[x20010db8/32].ip6.arpa.' has a bit-string label, which RFC 6891 withdrew",
            RecordText.ErrorOf("PTR", "\\[x20010db8/32].ip6.arpa."));

    [Fact, Rfc(1035, "3.3")]
    public void Character_string_of_256_octets_is_an_error()
    {
        Assert.Equal(256, RecordText.Parse("TXT", new string('a', 255)).Length);
        Assert.Contains("is longer than 255 octets", RecordText.ErrorOf("TXT", new string('a', 256)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\# 3 010203", "010203")]
    [InlineData("\\# 3 01 0203", "010203")]
    [InlineData("\\# 3 0 1 0 2 0 3", "010203")]
    [Rfc(3597, "5")]
    public void Generic_form_may_be_split_anywhere(string text, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(RecordText.Parse("TYPE65280", text)));

    [Fact, Rfc(3597, "5")]
    public void Quoted_marker_is_a_string_and_not_the_generic_form() =>
        Assert.Equal("\"#\" \"1\" \"aa\"", RecordText.Print("TXT", RecordText.Parse("TXT", "\"\\#\" 1 aa")));

    [Fact]
    public void Rdata_above_65535_octets_is_an_error() =>
        Assert.Equal(
            "RDATA is longer than 65535 octets",
            RecordText.ErrorOf("TXT", string.Join(' ', Enumerable.Repeat(new string('a', 255), 257))));
}

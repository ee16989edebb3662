using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Records;

namespace ActorDns.Protocol.Tests.Records;

/// <summary>The test vectors of RFC 9460, and the rules that they leave out.</summary>
public sealed class ServiceParameterTests
{
    [Theory, Rfc(9460, "D")]
    [InlineData("0 foo.example.com.", "000003666F6F076578616D706C6503636F6D00")]
    [InlineData("1 .", "000100")]
    [InlineData("16 foo.example.com. port=53", "001003666F6F076578616D706C6503636F6D00000300020035")]
    [InlineData("1 foo.example.com. key667=hello", "000103666F6F076578616D706C6503636F6D00029B000568656C6C6F")]
    [InlineData("1 foo.example.com. key667=\"hello\\210qoo\"", "000103666F6F076578616D706C6503636F6D00029B000968656C6C6FD2716F6F")]
    [InlineData("1 foo.example.com. ipv6hint=\"2001:db8::1,2001:db8::53:1\"", "000103666F6F076578616D706C6503636F6D000006002020010DB800000000000000000000000120010DB8000000000000000000530001")]
    [InlineData("1 example.com. ipv6hint=\"2001:db8:122:344::192.0.2.33\"", "0001076578616D706C6503636F6D000006001020010DB8012203440000" + "0000C0000221")]
    [InlineData("16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1", "001003666F6F076578616D706C65036F726700000000040001000400010009026832" + "0568332D313900040004C0000201")]
    [InlineData("16 foo.example.org. alpn=\"f\\\\\\\\oo\\\\,bar,h2\"", "001003666F6F076578616D706C65036F726700000100" + "0C08665C6F6F2C626172026832")]
    [InlineData("16 foo.example.org. alpn=f\\\\\\092oo\\092,bar,h2", "001003666F6F076578616D706C65036F726700000100" + "0C08665C6F6F2C626172026832")]
    public void Vector_gives_its_octets(string text, string hex) =>
        Assert.Equal(hex, Convert.ToHexString(RecordText.Parse("SVCB", text)));

    [Theory, Rfc(9460, "D.3")]
    [InlineData("1 foo.example.com. key123=abc key123=def", "parameter 'key123' is given twice")]
    [InlineData("1 foo.example.com. mandatory", "parameter 'mandatory' has no value")]
    [InlineData("1 foo.example.com. alpn", "parameter 'alpn' has no value")]
    [InlineData("1 foo.example.com. port", "port '' is not a number from 0 to 65535")]
    [InlineData("1 foo.example.com. ipv4hint", "parameter 'ipv4hint' has no value")]
    [InlineData("1 foo.example.com. ipv6hint", "parameter 'ipv6hint' has no value")]
    [InlineData("1 foo.example.com. no-default-alpn=abc", "parameter 'no-default-alpn' takes no value")]
    [InlineData("1 foo.example.com. mandatory=key123", "a key that mandatory lists is not there")]
    [InlineData("1 foo.example.com. mandatory=mandatory", "mandatory is not a list of other keys in ascending order")]
    [InlineData("1 foo.example.com. mandatory=key123,key123 key123=abc", "mandatory 'key123,key123' lists a key twice")]
    public void Failure_vector_is_refused(string text, string error) =>
        Assert.Equal(error, RecordText.ErrorOf("SVCB", text));

    [Theory, Rfc(9460, "2.2")]
    [InlineData("0001" + "00" + "0003" + "0002" + "0035" + "0001" + "0003" + "026832")]
    [InlineData("0001" + "00" + "0003" + "0002" + "0035" + "0003" + "0002" + "0035")]
    [InlineData("0001" + "00" + "0003" + "0003" + "003500")]
    [InlineData("0001" + "00" + "0003" + "0002" + "00")]
    [InlineData("0001" + "00" + "0003")]
    [InlineData("0001" + "00" + "0001" + "0000")]
    [InlineData("0001" + "00" + "0001" + "0003" + "036832")]
    [InlineData("0001" + "00" + "0001" + "0001" + "00")]
    [InlineData("0001" + "00" + "0002" + "0000")]
    [InlineData("0001" + "00" + "0004" + "0003" + "C00002")]
    [InlineData("0001" + "00" + "0006" + "0004" + "C0000201")]
    [InlineData("0001" + "00" + "0000" + "0002" + "0000")]
    [InlineData("0001" + "00" + "0000" + "0004" + "00030001" + "0001" + "0003" + "026832" + "0003" + "0002" + "0035")]
    [InlineData("0001" + "00" + "0000" + "0002" + "0003")]
    public void Wrong_octets_are_refused(string hex) =>
        Assert.Equal(
            ParseError.BadRdata,
            RecordFormats.Of(RecordText.TypeOf("SVCB")).Validate(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("1 . key=x", "parameter 'key' is not a known key or keyNNNNN")]
    [InlineData("1 . key01=x", "parameter 'key01' is not a known key or keyNNNNN")]
    [InlineData("1 . key65536=x", "parameter 'key65536' is not a known key or keyNNNNN")]
    [InlineData("1 . nonsense=x", "parameter 'nonsense' is not a known key or keyNNNNN")]
    [InlineData("1 . alpn=h2,,h3", "alpn has an empty protocol name")]
    [InlineData("1 . no-default-alpn", "no-default-alpn stands without alpn")]
    [InlineData("1 . port=65536", "port '65536' is not a number from 0 to 65535")]
    [InlineData("1 . ech=!", "ech '!' is not base64")]
    public void Wrong_text_is_refused(string text, string error) => Assert.Equal(error, RecordText.ErrorOf("SVCB", text));

    [Fact, Rfc(9460, "2.1")]
    public void Keys_are_sorted_whatever_their_order_in_text() =>
        Assert.Equal(
            "1 . mandatory=port,key700 alpn=\"h2\" port=1 key667=\"b\" key700=\"a\"",
            RecordText.Print("HTTPS", RecordText.Parse("HTTPS", "1 . key700=a port=1 key667=b alpn=h2 mandatory=key700,port")));

    [Fact, Rfc(9460, "2.4.2")]
    public void Alias_mode_keeps_parameters_that_clients_ignore() =>
        Assert.Equal("0 a. port=1", RecordText.Print("HTTPS", RecordText.Parse("HTTPS", "0 a. port=1")));
}

using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;

namespace ActorDns.Protocol.Tests.Edns;

public sealed class EdnsReaderTests
{
    [Fact, Rfc(6891, "6.1.3")]
    public void Fixed_fields_are_read()
    {
        byte[] message = Message("01 00 80 01", "");
        Assert.Equal(ParseError.None, EdnsReader.TryReadResponse(message, 12, isStream: false, out OptRecord opt));
        Assert.True(opt.IsPresent);
        Assert.Equal((1232, 16, true, 0), (opt.PayloadBytes, (int)opt.RcodeWith(0).Value, opt.DnssecOk, (int)opt.Version));
    }

    [Fact, Rfc(6891, "6.2.3")]
    public void Payload_below_512_means_512()
    {
        byte[] message = Message("00 00 00 00", "");
        message[15] = 0;
        message[16] = 12;
        EdnsReader.TryReadRequest(message, 12, isStream: false, out OptRecord opt);
        Assert.Equal((12, 512), (opt.PayloadBytes, opt.UsablePayloadBytes));
    }

    [Fact, Rfc(6891, "6.1.3")]
    public void Options_of_a_higher_version_are_not_judged()
    {
        ParseError error = EdnsReader.TryReadRequest(
            Message("00 01 00 00", "00 0A 00 01 00"), 12, isStream: false, out OptRecord opt);
        Assert.Equal((ParseError.None, 1), (error, (int)opt.Version));
    }

    [Fact, Rfc(6891, "6.1.2")]
    public void Unknown_options_are_stepped_over()
    {
        Assert.Equal(ParseError.None, Read("FD E9 00 02 AA BB 00 03 00 00", out OptRecord opt));
        Assert.True(opt.WantsNsid);
    }

    [Theory]
    [InlineData("00 03 00")]
    [InlineData("00 03 00 01")]
    [InlineData("00 03 00 00 00")]
    public void Options_that_do_not_fit_are_an_error(string options) =>
        Assert.Equal(ParseError.BadRdata, Read(options, out _));

    [Fact, Rfc(5001, "2.2")]
    public void Nsid_with_data_in_a_request_asks_all_the_same()
    {
        Assert.Equal(ParseError.None, Read("00 03 00 02 41 42", out OptRecord opt));
        Assert.True(opt.WantsNsid);
    }

    [Theory, Rfc(7873, "5.2.2")]
    [InlineData(8, ParseError.None)]
    [InlineData(12, ParseError.BadRdata)]
    [InlineData(16, ParseError.None)]
    [InlineData(40, ParseError.None)]
    [InlineData(41, ParseError.BadRdata)]
    public void Cookie_of_a_wrong_length_is_an_error(int length, ParseError expected) =>
        Assert.Equal(expected, Read($"00 0A 00 {length:X2} {new string('0', length * 2)}", out _));

    [Fact]
    public void Cookie_sent_twice_counts_once_and_first()
    {
        byte[] message = Message("00 00 00 00", "00 0A 00 08 1111111111111111 00 0A 00 08 2222222222222222");
        Assert.Equal(ParseError.None, EdnsReader.TryReadRequest(message, 12, isStream: false, out OptRecord opt));
        Assert.Equal(0x11, opt.Cookie.Data(message)[0]);
    }

    [Theory, Rfc(7828, "3.3.1")]
    [InlineData("00 0B 00 00", true, ParseError.None, true)]
    [InlineData("00 0B 00 02 00 01", true, ParseError.BadRdata, true)]
    [InlineData("00 0B 00 00", false, ParseError.None, false)]
    [InlineData("00 0B 00 02 00 01", false, ParseError.None, false)]
    public void Keepalive_counts_by_stream_only_and_must_be_empty(
        string option, bool isStream, ParseError expected, bool isWanted)
    {
        ParseError error = EdnsReader.TryReadRequest(Message("00 00 00 00", option), 12, isStream, out OptRecord opt);
        Assert.Equal((expected, isWanted), (error, opt.WantsTcpKeepalive));
    }

    [Fact, Rfc(7314, "3")]
    public void Expire_of_a_response_is_read()
    {
        byte[] message = Message("00 00 00 00", "00 09 00 04 00 00 0E 10");
        Assert.Equal(ParseError.None, EdnsReader.TryReadResponse(message, 12, isStream: true, out OptRecord opt));
        Assert.True(opt.TryReadExpireSeconds(message, out uint seconds));
        Assert.Equal(3_600u, seconds);
    }

    [Fact, Rfc(7314, "3")]
    public void Expire_of_a_response_with_another_length_is_an_error() =>
        Assert.Equal(
            ParseError.BadRdata,
            EdnsReader.TryReadResponse(Message("00 00 00 00", "00 09 00 02 0E 10"), 12, isStream: true, out _));

    [Fact, Rfc(8914, "2")]
    public void Extended_error_of_a_response_is_read()
    {
        byte[] message = Message("00 00 00 00", "00 0F 00 04 00 12 6E 6F");
        Assert.Equal(ParseError.None, EdnsReader.TryReadResponse(message, 12, isStream: false, out OptRecord opt));
        Assert.True(opt.TryReadExtendedError(message, out ExtendedErrorOption error));
        Assert.Equal("18 no", $"{error.Code.Value} {System.Text.Encoding.UTF8.GetString(error.Text)}");
    }

    [Theory, Rfc(7871, "6")]
    [InlineData("00 08 00 07 00 01 18 00 C0 00 02", ParseError.None)]
    [InlineData("00 08 00 04 00 01 00 00", ParseError.None)]
    [InlineData("00 08 00 07 00 01 18 18 C0 00 02", ParseError.BadRdata)]
    [InlineData("00 08 00 08 00 01 18 00 C0 00 02 00", ParseError.BadRdata)]
    [InlineData("00 08 00 06 00 01 18 00 C0 00", ParseError.BadRdata)]
    [InlineData("00 08 00 07 00 01 17 00 C0 00 03", ParseError.BadRdata)]
    [InlineData("00 08 00 07 00 01 17 00 C0 00 02", ParseError.None)]
    [InlineData("00 08 00 09 00 01 21 00 C0 00 02 01 80", ParseError.BadRdata)]
    [InlineData("00 08 00 03 00 01 00", ParseError.BadRdata)]
    [InlineData("00 08 00 05 00 63 18 00 C0", ParseError.None)]
    public void Client_subnet_is_checked_for_its_form(string option, ParseError expected) =>
        Assert.Equal(expected, Read(option, out _));

    [Fact]
    public void Record_that_is_not_opt_is_an_error()
    {
        byte[] message = Message("00 00 00 00", "");
        message[14] = 1;
        Assert.Equal(ParseError.MisplacedRecord, EdnsReader.TryReadRequest(message, 12, isStream: false, out _));
    }

    [Fact]
    public void Random_octets_never_throw()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        for (int round = 0; round < 50_000; round++)
        {
            byte[] options = new byte[random.Next(24)];
            random.NextBytes(options);
            for (int at = 0; at < options.Length; at += random.Next(1, 5))
                options[at] = (byte)random.Next(16);
            byte[] message = Message("00 00 00 00", Convert.ToHexString(options));
            byte[] cut = message[..random.Next(message.Length + 1)];
            Exception? thrown = Record.Exception(() =>
            {
                EdnsReader.TryReadRequest(cut, random.Next(16), random.Next(2) == 0, out _);
                EdnsReader.TryReadResponse(message, 12, random.Next(2) == 0, out OptRecord opt);
                opt.TryReadExpireSeconds(message, out _);
                opt.TryReadExtendedError(message, out _);
                opt.TryReadTcpKeepaliveTimeout(message, out _);
            });
            Assert.True(thrown is null, $"seed {seed}: {Convert.ToHexString(message)}: {thrown}");
        }
    }

    private static ParseError Read(string options, out OptRecord opt) =>
        EdnsReader.TryReadRequest(Message("00 00 00 00", options), 12, isStream: false, out opt);

    private static byte[] Message(string ttl, string options)
    {
        byte[] rdata = Octets(options);
        return
        [
            0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 41, 0x04, 0xD0, .. Octets(ttl),
            (byte)(rdata.Length >> 8), (byte)rdata.Length, .. rdata,
        ];
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}

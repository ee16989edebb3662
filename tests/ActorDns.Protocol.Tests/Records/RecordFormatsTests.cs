using System.Text;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Tests.Records;

public sealed class RecordFormatsTests
{
    private const int MeasuredRounds = 1_000;

    [Fact]
    public void Formats_stand_in_order_of_their_numbers_each_once()
    {
        int[] numbers = [.. RecordFormats.All.Select(format => (int)format.Type.Value)];
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact, Rfc(3597, "3")]
    public void Every_number_has_a_format_and_unknown_ones_share_the_generic()
    {
        for (int number = 0; number <= ushort.MaxValue; number++)
        {
            RecordFormat format = RecordFormats.Of(new RecordType((ushort)number));
            if (format != RecordFormats.Generic)
                Assert.Equal(number, format.Type.Value);
        }
    }

    [Theory, Rfc(3597, "4")]
    [InlineData("NS", 0, 1)]
    [InlineData("MD", 0, 1)]
    [InlineData("MF", 0, 1)]
    [InlineData("CNAME", 0, 1)]
    [InlineData("SOA", 0, 2)]
    [InlineData("MB", 0, 1)]
    [InlineData("MG", 0, 1)]
    [InlineData("MR", 0, 1)]
    [InlineData("PTR", 0, 1)]
    [InlineData("MINFO", 0, 2)]
    [InlineData("MX", 2, 1)]
    public void Names_of_RFC_1035_types_may_be_compressed_when_sent(string type, int prefix, int names)
    {
        RecordFormat format = RecordFormats.Of(RecordText.TypeOf(type));
        Assert.Equal((prefix, names), (format.PrefixBytes, format.CompressibleNames));
    }

    [Fact, Rfc(3597, "4")]
    public void No_name_of_any_other_type_is_compressed_when_sent()
    {
        string[] compressed = ["NS", "MD", "MF", "CNAME", "SOA", "MB", "MG", "MR", "PTR", "MINFO", "MX"];
        Assert.Equal(
            compressed.Order(),
            RecordFormats.All.Where(format => format.CompressibleNames > 0).Select(format => format.Type.ToString()).Order());
    }

    [Theory]
    [InlineData("NS", 0)]
    [InlineData("MB", 0)]
    [InlineData("MX", 2)]
    [InlineData("AFSDB", 2)]
    [InlineData("RT", 2)]
    [InlineData("KX", 2)]
    [InlineData("SRV", 6)]
    [InlineData("SVCB", 2)]
    [InlineData("HTTPS", 2)]
    [InlineData("LP", 2)]
    [InlineData("CNAME", -1)]
    [InlineData("SOA", -1)]
    [InlineData("A", -1)]
    [InlineData("TYPE65280", -1)]
    public void The_name_for_the_additional_section_is_known_by_place(string type, int offset) =>
        Assert.Equal(offset, RecordFormats.Of(RecordText.TypeOf(type)).AdditionalNameOffset);

    [Theory]
    [InlineData("A", "192.0.2.1")]
    [InlineData("AAAA", "2001:db8::1")]
    [InlineData("NS", "ns1")]
    [InlineData("CNAME", "www.other.test.")]
    [InlineData("PTR", "host.example.")]
    [InlineData("MX", "10 mail")]
    [InlineData("SRV", "0 1 5060 sip")]
    [InlineData("TXT", "\"v=spf1 -all\" \"a\\\"b\"")]
    [InlineData("SOA", "ns1 hostmaster 1 1h 15m 1w 1d")]
    [InlineData("DS", "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118")]
    [InlineData("RRSIG", "A 5 3 86400 20300101000000 20290101000000 2642 example. AQIDBA==")]
    [InlineData("NSEC", "next A MX RRSIG NSEC TYPE1234")]
    [InlineData("CAA", "0 issue \"ca1.example.net\"")]
    public void Reading_text_and_octets_allocates_nothing(string type, string text)
    {
        RecordFormat format = RecordFormats.Of(RecordText.TypeOf(type));
        byte[] source = Encoding.ASCII.GetBytes(text);
        TextToken[] tokens = RecordText.Split(source);
        byte[] destination = new byte[512];
        int good = 0;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int at = 0; at < MeasuredRounds; at++)
            {
                RdataText words = new(source, tokens, RecordText.Origin.Wire);
                if (format.TryParseText(ref words, destination, out int length, out _)
                    && format.Validate(destination.AsSpan(0, length)) == ParseError.None)
                {
                    good++;
                }
            }

            if (round == 1)
                Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(2 * MeasuredRounds, good);
    }

    [Fact]
    public void A_relative_name_without_origin_is_an_error()
    {
        RdataText words = new("ns1"u8, [new TextToken(0, 3, false)], default);
        Assert.False(RecordFormats.Of(RecordType.Ns).TryParseText(ref words, new byte[WireName.MaxBytes], out _, out string? error));
        Assert.Equal("name server 'ns1' is a relative name and no origin is set", error);
    }
}

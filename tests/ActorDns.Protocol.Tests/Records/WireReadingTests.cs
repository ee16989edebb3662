using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Tests.Records;

public sealed class WireReadingTests
{
    /// <summary>Stands right after the header, so that a pointer to offset 12 finds it.</summary>
    private static readonly byte[] Before = DomainName.Parse("Target.test.").Wire.ToArray();

    private static readonly byte[] Pointer = [0xC0, MessageHeader.Bytes];

    /// <summary>Type, the octets before the name, the octets after it.</summary>
    public static TheoryData<string, string, string> CompressedTypes => new()
    {
        { "NS", "", "" },
        { "MD", "", "" },
        { "MF", "", "" },
        { "CNAME", "", "" },
        { "MB", "", "" },
        { "MG", "", "" },
        { "MR", "", "" },
        { "PTR", "", "" },
        { "SOA", "00", "0000000100000002000000030000000400000005" },
        { "MINFO", "00", "" },
        { "MX", "000A", "" },
        { "RP", "00", "" },
        { "AFSDB", "0001", "" },
        { "RT", "000A", "" },
        { "SIG", "000F050200000E1070DBD8806EFAA50004D2", "01020304" },
        { "PX", "000A00", "" },
        { "NXT", "", "40" },
        { "NAPTR", "00640032017300", null! },
        { "SRV", "000A0014138C", "" },
    };

    public static TheoryData<string, string, string> UncompressedTypes => new()
    {
        { "DNAME", "", "" },
        { "KX", "000A", "" },
        { "NSAP-PTR", "", "" },
        { "LP", "000A", "" },
        { "SVCB", "0001", "" },
        { "HTTPS", "0001", "" },
        { "NSEC", "", "000140" },
        { "RRSIG", "000F050200000E1070DBD8806EFAA50004D2", "01020304" },
        { "A6", "80", "" },
        { "IPSECKEY", "0A0302", "01" },
        { "HIP", "01010001AABB", "" },
    };

    [Theory, Rfc(3597, "4")]
    [MemberData(nameof(CompressedTypes))]
    public void Compression_is_accepted_in_the_types_that_may_have_it(string type, string before, string? after)
    {
        byte[] prefix = Convert.FromHexString(type == "NAPTR" ? before + "00" : before);
        byte[] suffix = Convert.FromHexString(after ?? string.Empty);
        byte[] compressed = [.. prefix, .. Pointer, .. suffix];
        RecordFormat format = RecordFormats.Of(RecordText.TypeOf(type));
        ParseError error = RecordText.ReadWire(format, Before, compressed, compressed.Length, out byte[] read);
        Assert.Equal(ParseError.None, error);
        Assert.Equal([.. prefix, .. Before, .. suffix], read);
    }

    [Theory, Rfc(3597, "4")]
    [MemberData(nameof(UncompressedTypes))]
    public void Compression_is_refused_in_every_other_type(string type, string before, string after)
    {
        byte[] prefix = Convert.FromHexString(before);
        byte[] suffix = Convert.FromHexString(after);
        byte[] compressed = [.. prefix, .. Pointer, .. suffix];
        byte[] plain = [.. prefix, .. Before, .. suffix];
        RecordFormat format = RecordFormats.Of(RecordText.TypeOf(type));
        Assert.NotEqual(ParseError.None, RecordText.ReadWire(format, Before, compressed, compressed.Length, out _));
        Assert.Equal(ParseError.None, RecordText.ReadWire(format, Before, plain, plain.Length, out _));
    }

    [Fact, Rfc(1035, "4.1.4")]
    public void A_pointer_that_is_not_at_the_end_of_a_name_in_rdata_keeps_what_follows()
    {
        byte[] soa =
        [
            2, (byte)'n', (byte)'s', .. Pointer, 5, (byte)'a', (byte)'d', (byte)'m', (byte)'i', (byte)'n', .. Pointer,
            .. new byte[20],
        ];
        Assert.Equal(
            ParseError.None,
            RecordText.ReadWire(RecordFormats.Of(RecordText.TypeOf("SOA")), Before, soa, soa.Length, out byte[] read));
        Assert.Equal("ns.Target.test. admin.Target.test. 0 0 0 0 0", RecordText.Print("SOA", read));
    }

    [Fact]
    public void A_name_that_runs_over_the_end_of_its_rdata_is_refused()
    {
        byte[] mx = [0, 10, 3, (byte)'a', (byte)'b', (byte)'c', 0];
        for (int length = 0; length < mx.Length; length++)
        {
            ParseError error = RecordText.ReadWire(RecordFormats.Of(RecordText.TypeOf("MX")), [], mx, length, out _);
            Assert.NotEqual(ParseError.None, error);
        }
    }

    [Fact]
    public void Octets_after_the_last_field_are_refused()
    {
        byte[] mx = [0, 10, 0, 0];
        Assert.Equal(
            ParseError.BadRdata,
            RecordText.ReadWire(RecordFormats.Of(RecordText.TypeOf("MX")), [], mx, mx.Length, out _));
    }

    [Fact, Rfc(9267, "2")]
    public void A_pointer_to_itself_or_forward_is_refused()
    {
        RecordFormat format = RecordFormats.Of(RecordText.TypeOf("NS"));
        Assert.Equal(ParseError.BadPointer, RecordText.ReadWire(format, [], [0xC0, 12], 2, out _));
        Assert.Equal(ParseError.BadPointer, RecordText.ReadWire(format, [], [0xC0, 14, 0, 0], 2, out _));
    }

    [Theory]
    [InlineData("A", "010203")]
    [InlineData("A", "0102030405")]
    [InlineData("AAAA", "00")]
    [InlineData("TXT", "")]
    [InlineData("TXT", "0261")]
    [InlineData("HINFO", "0161")]
    [InlineData("HINFO", "01610162FF")]
    [InlineData("DNSKEY", "01000308")]
    [InlineData("DS", "00010802AABB")]
    [InlineData("TLSA", "030101")]
    [InlineData("NSEC", "0000")]
    [InlineData("NSEC", "00")]
    [InlineData("NSEC", "00000140000140")]
    [InlineData("NSEC", "00010140000140")]
    [InlineData("NSEC", "00000100")]
    [InlineData("NSEC", "000021" + "000000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("NSEC3", "0101000000")]
    [InlineData("NSEC3", "01000000000101")]
    [InlineData("KEY", "C000030801")]
    [InlineData("KEY", "01000308")]
    [InlineData("NSEC3", "010100000000")]
    [InlineData("NSEC3PARAM", "0100000002AA")]
    [InlineData("CAA", "0000")]
    [InlineData("CAA", "00012D")]
    [InlineData("EUI48", "0102030405")]
    [InlineData("LOC", "00F01613800000008000000000989680")]
    [InlineData("LOC", "001A1613800000008000000000989680")]
    [InlineData("LOC", "00121613FFFFFFFF8000000000989680")]
    [InlineData("LOC", "")]
    [InlineData("APL", "00012100")]
    [InlineData("APL", "0001200400000000")]
    [InlineData("APL", "00012005C000020101")]
    [InlineData("APL", "000120")]
    [InlineData("WKS", "0102030406" + "00")]
    [InlineData("ZONEMD", "00000001010900112233445566778899AA")]
    [InlineData("ZONEMD", "00000001010100112233445566778899AABBCC")]
    [InlineData("X25", "03313131")]
    [InlineData("X25", "0431313161")]
    [InlineData("URI", "00010001")]
    [InlineData("OPENPGPKEY", "")]
    [InlineData("DHCID", "")]
    [InlineData("NXT", "0080")]
    [InlineData("HIP", "00010001AA")]
    [InlineData("HIP", "01010000AA")]
    [InlineData("A6", "81")]
    [InlineData("IPSECKEY", "0A040200")]
    public void Rdata_of_wrong_form_is_refused(string type, string hex)
    {
        byte[] rdata = Convert.FromHexString(hex);
        RecordFormat format = RecordFormats.Of(RecordText.TypeOf(type));
        Assert.Equal(ParseError.BadRdata, format.Validate(rdata));
        Assert.NotEqual(ParseError.None, RecordText.ReadWire(format, [], rdata, rdata.Length, out _));
    }

    [Theory]
    [InlineData("NULL", "")]
    [InlineData("APL", "")]
    [InlineData("TYPE65280", "")]
    [InlineData("NSEC3", "02000000000101")]
    [InlineData("CSYNC", "000000000000")]
    [InlineData("WKS", "0102030406")]
    public void Rdata_that_may_be_empty_in_part_or_whole_is_accepted(string type, string hex) =>
        Assert.Equal(
            ParseError.None, RecordFormats.Of(RecordText.TypeOf(type)).Validate(Convert.FromHexString(hex)));

    /// <summary>BIND takes and serves them, so that a transfer may have one; the types with a known length are not among them.</summary>
    [Theory]
    [InlineData("4186", true)]
    [InlineData("0401", false)]
    [InlineData("0402", false)]
    public void A_fingerprint_of_an_unknown_type_may_be_empty(string rdata, bool isGood)
    {
        byte[] octets = Convert.FromHexString(rdata);
        ParseError error = RecordText.ReadWire(RecordFormats.Of(RecordType.Sshfp), [], octets, octets.Length, out byte[] read);
        Assert.Equal(isGood ? ParseError.None : ParseError.BadRdata, error);
        if (isGood)
            Assert.Equal(octets, RecordText.Parse("SSHFP", RecordText.Print(RecordFormats.Of(RecordType.Sshfp), read)));
    }
}

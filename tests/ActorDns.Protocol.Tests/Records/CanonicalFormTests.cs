namespace ActorDns.Protocol.Tests.Records;

public sealed class CanonicalFormTests
{
    [Theory, Rfc(4034, "6.2"), Rfc(6840, "5.1")]
    [InlineData("NS", "A.B.", "a.b.")]
    [InlineData("MD", "A.B.", "a.b.")]
    [InlineData("MF", "A.B.", "a.b.")]
    [InlineData("CNAME", "A.B.", "a.b.")]
    [InlineData("SOA", "A.B. C.D. 1 2 3 4 5", "a.b. c.d. 1 2 3 4 5")]
    [InlineData("MB", "A.B.", "a.b.")]
    [InlineData("MG", "A.B.", "a.b.")]
    [InlineData("MR", "A.B.", "a.b.")]
    [InlineData("PTR", "A.B.", "a.b.")]
    [InlineData("MINFO", "A.B. C.D.", "a.b. c.d.")]
    [InlineData("MX", "16705 A.B.", "16705 a.b.")]
    [InlineData("RP", "A.B. C.D.", "a.b. c.d.")]
    [InlineData("AFSDB", "16705 A.B.", "16705 a.b.")]
    [InlineData("RT", "16705 A.B.", "16705 a.b.")]
    [InlineData("SIG", "A 65 65 0 20300101000000 20300101000000 16705 A.B. QUJD", "A 65 65 0 20300101000000 20300101000000 16705 a.b. QUJD")]
    [InlineData("PX", "16705 A.B. C.D.", "16705 a.b. c.d.")]
    [InlineData("NXT", "A.B. NS", "a.b. NS")]
    [InlineData("NAPTR", "1 2 \"S\" \"SIP\" \"ABC\" A.B.", "1 2 \"S\" \"SIP\" \"ABC\" a.b.")]
    [InlineData("KX", "16705 A.B.", "16705 a.b.")]
    [InlineData("SRV", "16705 16705 16705 A.B.", "16705 16705 16705 a.b.")]
    [InlineData("DNAME", "A.B.", "a.b.")]
    [InlineData("A6", "127 ::1 A.B.", "127 ::1 a.b.")]
    [InlineData("RRSIG", "A 65 65 0 20300101000000 20300101000000 16705 A.B. QUJD", "A 65 65 0 20300101000000 20300101000000 16705 a.b. QUJD")]
    public void Names_of_the_listed_types_are_in_lower_case(string type, string written, string canonical) =>
        Assert.Equal(canonical, RecordText.Canonical(type, RecordText.Parse(type, written)));

    [Theory, Rfc(6840, "5.1")]
    [InlineData("NSEC", "A.B. A NS")]
    [InlineData("HINFO", "\"CPU\" \"OS\"")]
    [InlineData("SVCB", "1 A.B. alpn=\"H2\"")]
    [InlineData("HTTPS", "1 A.B.")]
    [InlineData("LP", "1 A.B.")]
    [InlineData("NSAP-PTR", "A.B.")]
    [InlineData("IPSECKEY", "1 3 1 A.B. QUJD")]
    [InlineData("HIP", "1 4142 QUJD A.B.")]
    [InlineData("TXT", "\"ABC\"")]
    [InlineData("CAA", "0 ISSUE \"CA.TEST\"")]
    [InlineData("TYPE65280", "\\# 4 02414200")]
    public void Everything_else_stays_as_it_is(string type, string text) =>
        Assert.Equal(text, RecordText.Canonical(type, RecordText.Parse(type, text)));
}

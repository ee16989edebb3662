using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>The zone and the replies of RFC 4035 appendices A and B, and cases that they lack.</summary>
public sealed class NsecTests
{
    private static readonly ZoneSnapshot Example = TestSigner.Nsec("example.", """
        $TTL 3600
        @ SOA ns1 bugs.x.w 1081539377 3600 300 3600000 3600
        @ NS ns1
        @ NS ns2
        @ MX 1 xx
        a NS ns1.a
        a NS ns2.a
        a DS 57855 5 1 b6dcd485719adca18e5f3d48a2331627fdd3636b
        ns1.a A 192.0.2.5
        ns2.a A 192.0.2.6
        ai A 192.0.2.9
        ai HINFO KLH-10 ITS
        ai AAAA 2001:db8::f00:baa9
        b NS ns1.b
        b NS ns2.b
        ns1.b A 192.0.2.7
        ns2.b A 192.0.2.8
        ns1 A 192.0.2.1
        ns2 A 192.0.2.2
        *.w MX 1 ai
        x.w MX 1 xx
        x.y.w MX 1 xx
        xx A 192.0.2.10
        xx HINFO KLH-10 TOPS-20
        xx AAAA 2001:db8::f00:baaa

        """);

    [Theory]
    [InlineData("ml.example.", "A", "NXDOMAIN", "example. SOA,b.example. NSEC,example. NSEC")]
    [InlineData("example.x.xx.example.", "A", "NXDOMAIN", "example. SOA,xx.example. NSEC")]
    [InlineData("az.example.", "A", "NXDOMAIN", "example. SOA,ai.example. NSEC,example. NSEC")]
    [InlineData("ah.example.", "A", "NXDOMAIN", "example. SOA,a.example. NSEC,example. NSEC")]
    [Rfc(4035, "3.1.3.2")]
    public void Name_error_proves_that_neither_name_nor_wildcard_is_there(string name, string type, string rcode, string authority) =>
        Check(name, type, rcode, "", authority);

    [Theory]
    [InlineData("ns1.example.", "MX", "NOERROR", "example. SOA,ns1.example. NSEC")]
    [InlineData("y.w.example.", "A", "NOERROR", "example. SOA,x.w.example. NSEC")]
    [InlineData("w.example.", "A", "NOERROR", "example. SOA,ns2.example. NSEC")]
    [InlineData("example.", "DS", "NOERROR", "example. SOA,example. NSEC")]
    [InlineData("b.example.", "DS", "NOERROR", "example. SOA,b.example. NSEC")]
    [Rfc(4035, "3.1.3.1")]
    public void No_data_proves_that_the_type_is_not_there(string name, string type, string rcode, string authority) =>
        Check(name, type, rcode, "", authority);

    [Fact, Rfc(4035, "3.1.3.3")]
    public void Wildcard_answer_proves_that_nothing_closer_is_there() =>
        Check("a.z.w.example.", "MX", "NOERROR", "a.z.w.example. MX", "x.y.w.example. NSEC");

    [Fact, Rfc(4035, "3.1.3.4")]
    public void Wildcard_without_the_type_proves_both() =>
        Check("a.z.w.example.", "AAAA", "NOERROR", "", "example. SOA,*.w.example. NSEC,x.y.w.example. NSEC");

    [Fact, Rfc(4035, "3.1.4")]
    public void Referral_to_a_signed_zone_has_its_signed_ds_and_no_signature_over_ns()
    {
        Outcome outcome = Outcome.Signed(Example, "mc.a.example.", "MX");
        Assert.Equal(["a.example. NS", "a.example. DS", "a.example. RRSIG DS"], Outcome.Heads(outcome.Authority));
        Assert.Equal(["ns1.a.example. A", "ns2.a.example. A"], Outcome.Heads(outcome.Additional));
    }

    [Fact, Rfc(4035, "3.1.4")]
    public void Referral_to_an_unsigned_zone_has_the_nsec_that_shows_no_ds()
    {
        Outcome outcome = Outcome.Signed(Example, "mc.b.example.", "MX");
        Assert.Equal(["b.example. NS", "b.example. NSEC", "b.example. RRSIG NSEC"], Outcome.Heads(outcome.Authority));
        Assert.Contains(" NS RRSIG NSEC", outcome.Authority[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Nsec_at_a_cut_is_the_parents_and_answered()
    {
        Outcome outcome = Outcome.Signed(Example, "b.example.", "NSEC");
        Assert.True(outcome.IsAuthoritative);
        Assert.Equal(["b.example. NSEC", "b.example. RRSIG NSEC"], Outcome.Heads(outcome.Answer));
    }

    [Fact]
    public void Alias_at_a_wildcard_is_proven_like_an_answer()
    {
        ZoneSnapshot zone = TestSigner.Nsec("test.", "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n*.w CNAME www\nwww A 192.0.2.80\n");
        Outcome outcome = Outcome.Signed(zone, "a.w.test.", "A");
        Assert.Equal(
            ["a.w.test. CNAME", "a.w.test. RRSIG CNAME", "www.test. A", "www.test. RRSIG A"], Outcome.Heads(outcome.Answer));
        Assert.Equal(["*.w.test. NSEC", "*.w.test. RRSIG NSEC"], Outcome.Heads(outcome.Authority));
    }

    [Theory, Rfc(3225, "3")]
    [InlineData("ml.example.", "A")]
    [InlineData("a.z.w.example.", "MX")]
    [InlineData("mc.a.example.", "MX")]
    public void Without_do_there_are_no_proofs_and_signatures(string name, string type)
    {
        Outcome outcome = Outcome.Of(Example, name, type);
        Assert.DoesNotContain(outcome.Answer.Concat(outcome.Authority), line => line.Contains(" RRSIG", StringComparison.Ordinal));
        Assert.DoesNotContain(outcome.Authority, line => line.Contains(" NSEC", StringComparison.Ordinal));
    }

    /// <summary>Compares the sections, in which each set but NS of a cut is followed by its signatures.</summary>
    private static void Check(string name, string type, string rcode, string answer, string authority)
    {
        Outcome outcome = Outcome.Signed(Example, name, type);
        Assert.Equal(rcode, outcome.Rcode.ToString());
        Assert.Equal(Signed(answer), Outcome.Heads(outcome.Answer));
        Assert.Equal(Signed(authority), Outcome.Heads(outcome.Authority));
    }

    private static IEnumerable<string> Signed(string heads) => heads.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(head => new[] { head, $"{head.Split(' ')[0]} RRSIG {head.Split(' ')[1]}" });
}

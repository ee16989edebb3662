using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>The zone and the replies of RFC 5155 appendices A and B, and cases that they lack.</summary>
public sealed class Nsec3Tests
{
    private const string Parameters = "1 0 12 aabbccdd";
    private const string Apex = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom";

    private static readonly ZoneSnapshot Example = TestSigner.Nsec3(
        "example.",
        """
        $TTL 3600
        @ SOA ns1 bugs.x.w 1 3600 300 3600000 3600
        @ NS ns1
        @ NS ns2
        @ MX 1 xx
        @ DNSKEY 256 3 7 AwEAAQ==
        2t7b4g4vsa5smi47k61mv5bv1a22bojr A 192.0.2.127
        a NS ns1.a
        a NS ns2.a
        a DS 58470 5 1 3079f1593ebad6dc121e202a8b766a6a4837206c
        ns1.a A 192.0.2.5
        ns2.a A 192.0.2.6
        ai A 192.0.2.9
        ai HINFO KLH-10 ITS
        ai AAAA 2001:db8::f00:baa9
        c NS ns1.c
        c NS ns2.c
        ns1.c A 192.0.2.7
        ns2.c A 192.0.2.8
        ns1 A 192.0.2.1
        ns2 A 192.0.2.2
        *.w MX 1 ai
        x.w MX 1 xx
        x.y.w MX 1 xx
        xx A 192.0.2.10
        xx HINFO KLH-10 TOPS-20
        xx AAAA 2001:db8::f00:baaa
        """,
        Parameters,
        optOut: true);

    [Theory, Rfc(5155, "5")]
    [InlineData("example.", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom")]
    [InlineData("A.example.", "35mthgpgcu1qg68fab165klnsnk3dpvl")]
    [InlineData("ns1.example.", "2t7b4g4vsa5smi47k61mv5bv1a22bojr")]
    [InlineData("*.w.example.", "r53bq7cc2uvmubfu5ocmm6pers9tk9en")]
    [InlineData("x.y.w.example.", "2vptu5timamqttgl4luu9kg21e0aor3s")]
    public void Owner_is_the_hash_of_the_name_in_lower_case(string name, string hash)
    {
        byte[] owner = new byte[WireName.MaxBytes];
        int length = Nsec3Hash.OwnerName(Example, DomainName.Parse(name).Wire, owner);
        Assert.Equal($"{hash}.example.", NameText.ToText(owner.AsSpan(0, length), keepFinalDot: true));
    }

    [Fact, Rfc(5155, "7.2.2")]
    public void Name_error_proves_closest_encloser_next_closer_and_wildcard() => Check(
        "a.c.x.w.example.",
        "A",
        "NXDOMAIN",
        "",
        "b4um86eghhds6nea196smvmlo4ors995",
        Apex,
        "35mthgpgcu1qg68fab165klnsnk3dpvl");

    [Theory, Rfc(5155, "7.2.3")]
    [InlineData("ns1.example.", "MX", "2t7b4g4vsa5smi47k61mv5bv1a22bojr")]
    [InlineData("y.w.example.", "A", "ji6neoaepv8b5o6k4ev33abha8ht9fgc")]
    [InlineData("example.", "DS", Apex)]
    public void No_data_has_the_nsec3_of_the_name(string name, string type, string hash) => Check(name, type, "NOERROR", "", hash);

    [Fact, Rfc(5155, "7.2.4")]
    public void No_ds_in_an_opted_out_span_proves_the_span_and_the_encloser_above() =>
        Check("c.example.", "DS", "NOERROR", "", Apex, "35mthgpgcu1qg68fab165klnsnk3dpvl");

    [Fact, Rfc(5155, "7.2.6")]
    public void Wildcard_answer_proves_that_the_next_closer_name_is_not_there() =>
        Check("a.z.w.example.", "MX", "NOERROR", "a.z.w.example. MX", "q04jkcevqvmu85r014c7dkba38o0ji5r");

    [Fact, Rfc(5155, "7.2.5")]
    public void Wildcard_without_the_type_proves_encloser_next_closer_and_wildcard() => Check(
        "a.z.w.example.",
        "AAAA",
        "NOERROR",
        "",
        "k8udemvp1j2f7eg6jebps17vp3n8i58h",
        "q04jkcevqvmu85r014c7dkba38o0ji5r",
        "r53bq7cc2uvmubfu5ocmm6pers9tk9en");

    [Fact, Rfc(5155, "7.2.7")]
    public void Referral_to_an_unsigned_zone_under_opt_out_has_the_span_and_the_encloser()
    {
        Outcome outcome = Outcome.Signed(Example, "mc.c.example.", "MX");
        Assert.Equal(
            ["c.example. NS", .. Proof(Apex, "35mthgpgcu1qg68fab165klnsnk3dpvl")], Outcome.Heads(outcome.Authority));
        Assert.Equal(["ns1.c.example. A", "ns2.c.example. A"], Outcome.Heads(outcome.Additional));
    }

    [Fact]
    public void Referral_to_a_signed_zone_has_its_ds_and_no_nsec3() => Assert.Equal(
        ["a.example. NS", "a.example. DS", "a.example. RRSIG DS"],
        Outcome.Heads(Outcome.Signed(Example, "mc.a.example.", "MX").Authority));

    [Fact, Rfc(5155, "7.2.7")]
    public void Referral_to_an_unsigned_zone_without_opt_out_has_the_nsec3_of_the_cut()
    {
        ZoneSnapshot zone = TestSigner.Nsec3(
            "test.", "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nsub NS ns.sub\nns.sub A 192.0.2.1", "1 0 0 -", optOut: false);
        string hash = TestSigner.Hash(DomainName.Parse("sub.test.").Wire, "1 0 0 -");
        Outcome outcome = Outcome.Signed(zone, "x.sub.test.", "A");
        Assert.Equal(
            ["sub.test. NS", $"{hash}.test. NSEC3", $"{hash}.test. RRSIG NSEC3"], Outcome.Heads(outcome.Authority));
        Assert.EndsWith($" NS", outcome.Authority[1], StringComparison.Ordinal);
    }

    [Fact, Rfc(5155, "7.2.8")]
    public void Owner_of_an_nsec3_that_is_a_name_too_is_answered_as_that_name()
    {
        const string owner = "2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.";
        Assert.Equal([$"{owner} 3600 A 192.0.2.127"], Outcome.Of(Example, owner, "A").Answer);
        Assert.Empty(Outcome.Of(Example, owner, "NSEC3").Answer);
    }

    [Fact, Rfc(5155, "7.2.8")]
    public void Owner_of_an_nsec3_that_is_no_name_does_not_exist()
    {
        Outcome outcome = Outcome.Signed(Example, $"{Apex}.example.", "NSEC3");
        Assert.Equal("NXDOMAIN", outcome.Rcode.ToString());
        Assert.Empty(outcome.Answer);
    }

    [Fact, Rfc(5155, "7.2.2")]
    public void Name_error_below_a_name_without_nsec3_denies_the_wildcard_at_the_encloser_that_is_proven()
    {
        const string text = "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n$GENERATE 1-40 n$ A 192.0.2.2\nsub.ent NS ns\n";
        foreach (string salt in (string[])["-", "aa", "bb", "cc", "dd", "ee"])
        {
            string parameters = $"1 0 0 {salt}";
            ZoneSnapshot zone = TestSigner.Nsec3("test.", text, parameters, optOut: true);
            Outcome outcome = Outcome.Signed(zone, "x.ent.test.", "A");
            Assert.Equal("NXDOMAIN", outcome.Rcode.ToString());
            Spans spans = new(outcome.Authority, parameters);
            Assert.True(spans.Match("test."), salt);
            Assert.True(spans.Cover("ent.test."), salt);
            Assert.True(spans.Cover("*.test."), salt);
        }
    }

    [Fact, Rfc(5155, "7.3")]
    public void Nsec3_of_another_chain_proves_nothing()
    {
        StringBuilder text = new("$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nwww A 192.0.2.2\n");
        for (int i = 0; i < 200; i++)
        {
            string other = TestSigner.Hash(DomainName.Parse(string.Create(CultureInfo.InvariantCulture, $"o{i}.test.")).Wire, "1 0 0 bb");
            text.AppendLine(CultureInfo.InvariantCulture, $"{other} NSEC3 1 0 0 bb {other}");
        }

        ZoneSnapshot zone = TestSigner.Nsec3("test.", text.ToString(), "1 0 0 -", optOut: false);
        for (int i = 0; i < 50; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"n{i}.test.");
            Outcome outcome = Outcome.Signed(zone, name, "A");
            Assert.DoesNotContain(outcome.Authority, line => line.Contains(" NSEC3 1 0 0 BB ", StringComparison.OrdinalIgnoreCase));
            Spans spans = new(outcome.Authority, "1 0 0 -");
            Assert.True(spans.Match("test.") && spans.Cover(name) && spans.Cover("*.test."), name);
        }
    }

    [Theory, Rfc(5155, "7.2.9")]
    [InlineData("ghost.test.", "ghost.test.", "A")]
    [InlineData("ghost.test.", "x.ghost.test.", "A")]
    [InlineData("*.test.", "other.test.", "A")]
    [InlineData("ghost.w.test.", "ghost.w.test.", "TXT")]
    [InlineData("ghost.w.test.", "ghost.w.test.", "A")]
    [InlineData("ghost.c.test.", "ghost.c.test.", "A")]
    public void Absent_name_whose_hash_is_that_of_an_existing_one_is_servfail(string hashed, string asked, string type)
    {
        string hash = TestSigner.Hash(DomainName.Parse(hashed).Wire, "1 0 0 -");
        ZoneSnapshot zone = TestSigner.Nsec3(
            "test.",
            $"$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n*.w TXT w\n*.c CNAME ns\n{hash} NSEC3 1 0 0 - {hash} A\n",
            "1 0 0 -",
            optOut: false);

        Outcome signed = Outcome.Signed(zone, asked, type);
        Assert.Equal("SERVFAIL", signed.Rcode.ToString());
        Assert.False(signed.IsAuthoritative);
        Assert.Empty(signed.Entries);
        Assert.NotEqual("SERVFAIL", Outcome.Of(zone, asked, type).Rcode.ToString());
    }

    [Fact, Rfc(5155, "4.1.2")]
    public void Nsec3param_with_a_flag_is_ignored()
    {
        const string text = "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n";
        Outcome usable = Outcome.Signed(TestSigner.Nsec3("test.", text, "1 0 0 -", optOut: false), "other.test.", "A");
        Outcome flagged = Outcome.Signed(TestSigner.Nsec3("test.", text, "1 1 0 -", optOut: false), "other.test.", "A");
        Assert.Contains(usable.Authority, line => line.Contains(" NSEC3 ", StringComparison.Ordinal));
        Assert.Equal(["test. SOA", "test. RRSIG SOA"], Outcome.Heads(flagged.Authority));
    }

    private static void Check(string name, string type, string rcode, string answer, params string[] hashes)
    {
        Outcome outcome = Outcome.Signed(Example, name, type);
        Assert.Equal(rcode, outcome.Rcode.ToString());
        if (answer.Length > 0)
            Assert.Equal([answer, answer.Replace(" ", " RRSIG ", StringComparison.Ordinal)], Outcome.Heads(outcome.Answer));
        else
            Assert.Empty(outcome.Answer);
        IEnumerable<string> soa = answer.Length > 0 ? [] : ["example. SOA", "example. RRSIG SOA"];
        Assert.Equal([.. soa, .. Proof(hashes)], Outcome.Heads(outcome.Authority));
    }

    private static IEnumerable<string> Proof(params string[] hashes) =>
        hashes.SelectMany(hash => new[] { $"{hash}.example. NSEC3", $"{hash}.example. RRSIG NSEC3" });

    /// <summary>The NSEC3 of an authority section, as a validator reads them (RFC 5155 §8.3).</summary>
    private sealed class Spans(string[] authority, string parameters)
    {
        private readonly (string Owner, string Next)[] _spans = [.. authority
            .Select(line => line.Split(' '))
            .Where(words => words[2] == "NSEC3")
            .Select(words => (words[0].Split('.')[0], words[7].ToLowerInvariant()))];

        public bool Match(string name) => _spans.Any(span => span.Owner == HashOf(name));

        public bool Cover(string name)
        {
            string hash = HashOf(name);
            return _spans.Any(span => string.CompareOrdinal(span.Owner, span.Next) < 0
                ? string.CompareOrdinal(span.Owner, hash) < 0 && string.CompareOrdinal(hash, span.Next) < 0
                : string.CompareOrdinal(span.Owner, hash) < 0 || string.CompareOrdinal(hash, span.Next) < 0);
        }

        private string HashOf(string name) => TestSigner.Hash(DomainName.Parse(name).Wire, parameters);
    }
}

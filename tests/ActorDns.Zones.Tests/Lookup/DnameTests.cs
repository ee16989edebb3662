using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>RFC 6672: substitution, the CNAME made up, lengths, loops, and names at, above and beside the owner.</summary>
public sealed class DnameTests
{
    [Theory, Rfc(6672, "2.2")]
    [InlineData("com.", "example DNAME example.net.", "a.example.com.", "a.example.net.")]
    [InlineData("com.", "example DNAME example.net.", "a.b.example.com.", "a.b.example.net.")]
    [InlineData("com.", "x.example DNAME example.net.", "a.x.example.com.", "a.example.net.")]
    [InlineData("com.", "example DNAME y.example.net.", "a.example.com.", "a.y.example.net.")]
    [InlineData("com.", "example DNAME example.com.", "cyc.example.com.", "cyc.example.com.")]
    [InlineData("com.", "example DNAME c.example.com.", "cyc.example.com.", "cyc.c.example.com.")]
    [InlineData("x.", "@ DNAME .", "shortloop.x.x.", "shortloop.x.")]
    public void Name_below_the_owner_has_the_owner_replaced_by_the_target(string origin, string dname, string name, string result)
    {
        Outcome outcome = Outcome.Of(TestZone.Make(origin, dname + "\n"), name, "A");
        Assert.Equal($"{name} 3600 CNAME {result}", outcome.Answer[1]);
    }

    [Theory, Rfc(6672, "2.3")]
    [InlineData("b.com.")]
    [InlineData("ab.com.")]
    [InlineData("com.")]
    public void Owner_itself_and_names_beside_it_are_not_redirected(string name) =>
        Assert.Empty(Outcome.Of(TestZone.Make("com.", "b DNAME example.net.\nab TXT x\n"), name, "A").Answer);

    [Fact, Rfc(6672, "2.3")]
    public void Other_data_of_the_owner_is_answered() => Assert.Equal(
        ["b.com. 3600 A 192.0.2.5"],
        Outcome.Of(TestZone.Make("com.", "b DNAME example.net.\nb A 192.0.2.5\n"), "b.com.", "A").Answer);

    [Fact, Rfc(6672, "3.1")]
    public void Synthesized_cname_has_the_ttl_of_the_dname()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "old 77 DNAME new\nwww.new A 192.0.2.80\n");
        Assert.Equal(
            ["old.test. 77 DNAME new.test.", "www.old.test. 77 CNAME www.new.test.", "www.new.test. 3600 A 192.0.2.80"],
            Outcome.Of(zone, "www.old.test.", "A").Answer);
    }

    [Fact, Rfc(6672, "3.2")]
    public void Result_longer_than_a_name_may_be_is_yxdomain_with_the_dname_alone()
    {
        string label = new('p', 60);
        ZoneSnapshot zone = TestZone.Make("test.", $"old DNAME {label}.{label}.{label}.new\n");
        Outcome outcome = Outcome.Of(zone, $"{new string('q', 63)}.old.test.", "A");
        Assert.Equal(Rcode.YxDomain, outcome.Rcode);
        Assert.Equal(["old.test. DNAME"], Outcome.Heads(outcome.Answer));
    }

    [Fact, Rfc(6672, "3.2")]
    public void Result_of_exactly_255_octets_is_followed()
    {
        string label = new('p', 60);
        ZoneSnapshot zone = TestZone.Make("test.", $"old DNAME {label}.{label}.{label}.new\n");
        int room = 255 - (3 * 61) - 4 - 5 - 1 - 1; // Three labels, new, test, the root, and the length octet of the label to come.
        Assert.Equal(Rcode.NxDomain, Outcome.Of(zone, $"{new string('q', room)}.old.test.", "A").Rcode);
        Assert.Equal(Rcode.YxDomain, Outcome.Of(zone, $"{new string('q', room + 1)}.old.test.", "A").Rcode);
    }

    [Fact, Rfc(6672, "2.4")]
    public void Data_below_the_owner_is_never_answered()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "old DNAME new\nwww.old A 192.0.2.66\n");
        Assert.Equal(["old.test. DNAME", "www.old.test. CNAME"], Outcome.Heads(Outcome.Of(zone, "www.old.test.", "A").Answer));
    }

    [Fact]
    public void Dname_at_the_apex_leaves_the_apex_alone_and_redirects_the_rest()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "@ DNAME example.net.\n");
        Assert.Single(Outcome.Of(zone, "test.", "SOA").Answer);
        Assert.Equal("www.test. 3600 CNAME www.example.net.", Outcome.Of(zone, "www.test.", "A").Answer[1]);
    }

    [Theory]
    [InlineData("a DNAME b\nb DNAME a\n")]
    [InlineData("a DNAME a\n")]
    [InlineData("a DNAME x.a\n")]
    public void Redirections_that_never_end_are_servfail(string records) =>
        Assert.Equal(Rcode.ServFail, Outcome.Of(TestZone.Make("test.", records), "www.a.test.", "A").Rcode);

    [Fact]
    public void Alias_from_below_a_dname_back_to_its_owner_is_no_loop()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "old DNAME new\nwww.new CNAME old\nold A 192.0.2.5\n");
        Outcome outcome = Outcome.Of(zone, "www.old.test.", "A");
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal("old.test. 3600 A 192.0.2.5", outcome.Answer[^1]);
    }

    [Fact]
    public void Dname_used_twice_in_a_chain_appears_once()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "old DNAME new\na.new CNAME b.old\nb.new A 192.0.2.5\n");
        Outcome outcome = Outcome.Of(zone, "a.old.test.", "A");
        Assert.Equal(
            ["old.test. DNAME", "a.old.test. CNAME", "a.new.test. CNAME", "b.old.test. CNAME", "b.new.test. A"],
            Outcome.Heads(outcome.Answer));
        Assert.Single(outcome.Answer, line => line.Contains("DNAME", StringComparison.Ordinal));
    }

    [Fact]
    public void Dname_asked_for_at_the_end_of_a_chain_through_it_appears_once()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "old DNAME new\nwww.new CNAME old\n");
        string[] answer = Outcome.Of(zone, "www.old.test.", "DNAME").Answer;
        Assert.Single(answer, line => line.Contains("DNAME", StringComparison.Ordinal));
    }

    [Theory, Rfc(6672, "3.1")]
    [InlineData("CNAME")]
    [InlineData("ANY")]
    public void Question_for_the_cname_ends_at_the_synthesized_one(string type)
    {
        ZoneSnapshot zone = TestZone.Make("test.", "old DNAME new\nwww.new A 192.0.2.80\n");
        Assert.Equal(2, Outcome.Of(zone, "www.old.test.", type).Answer.Length);
    }

    [Fact, Rfc(6672, "5.3.1")]
    public void Dname_is_signed_and_the_synthesized_cname_is_not()
    {
        ZoneSnapshot zone = TestSigner.Nsec("test.", "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nold DNAME new\nwww.new A 192.0.2.80\n");
        Assert.Equal(
            ["old.test. DNAME", "old.test. RRSIG DNAME", "www.old.test. CNAME", "www.new.test. A", "www.new.test. RRSIG A"],
            Outcome.Heads(Outcome.Signed(zone, "www.old.test.", "A").Answer));
    }
}

using ActorDns.Protocol.Registries;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>RFC 2308, 6604 and 8020: what there is not, and how that is said.</summary>
public sealed class NegativeTests
{
    private static readonly ZoneSnapshot Zone = TestZone.Make(
        "test.", "www A 192.0.2.80\na.b.ent A 192.0.2.1\ngone CNAME nothing\nnodata CNAME www\nout CNAME www.example.net.\n");

    [Theory, Rfc(2308, "2.1")]
    [InlineData("nothing.test.")]
    [InlineData("below.www.test.")]
    [InlineData("c.b.ent.test.")]
    public void Name_that_does_not_exist_is_nxdomain_with_the_soa(string name)
    {
        Outcome outcome = Outcome.Of(Zone, name, "A");
        Assert.Equal((Rcode.NxDomain, true, 0), (outcome.Rcode, outcome.IsAuthoritative, outcome.Answer.Length));
        Assert.Equal(["test. SOA"], Outcome.Heads(outcome.Authority));
    }

    [Fact, Rfc(2308, "2.2")]
    public void Name_without_the_type_is_noerror_with_the_soa()
    {
        Outcome outcome = Outcome.Of(Zone, "www.test.", "AAAA");
        Assert.Equal((Rcode.NoError, true, 0), (outcome.Rcode, outcome.IsAuthoritative, outcome.Answer.Length));
        Assert.Equal(["test. SOA"], Outcome.Heads(outcome.Authority));
    }

    [Theory, Rfc(8020, "3.1")]
    [InlineData("ent.test.", "A")]
    [InlineData("b.ent.test.", "A")]
    [InlineData("b.ent.test.", "ANY")]
    public void Empty_non_terminal_has_no_data_and_is_not_nxdomain(string name, string type) =>
        Assert.Equal(Rcode.NoError, Outcome.Of(Zone, name, type).Rcode);

    [Theory, Rfc(2308, "5")]
    [InlineData(300, 60, 60)]
    [InlineData(60, 300, 60)]
    public void Soa_of_a_negative_answer_has_the_lesser_of_its_ttl_and_minimum(uint ttl, uint minimum, uint sent)
    {
        ZoneSnapshot zone = TestZone.Load("test.", $"@ {ttl} SOA ns h 1 2 3 4 {minimum}\n@ {ttl} NS ns\n");
        Assert.StartsWith($"test. {sent} SOA", Outcome.Of(zone, "x.test.", "A").Authority[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Soa_in_a_positive_answer_keeps_its_ttl() =>
        Assert.StartsWith("test. 3600 SOA", Outcome.Of(Zone, "test.", "SOA").Answer[0], StringComparison.Ordinal);

    [Fact, Rfc(6604, "3")]
    public void Chain_to_a_name_that_does_not_exist_is_nxdomain_with_the_chain()
    {
        Outcome outcome = Outcome.Of(Zone, "gone.test.", "A");
        Assert.Equal(Rcode.NxDomain, outcome.Rcode);
        Assert.Equal(["gone.test. 3600 CNAME nothing.test."], outcome.Answer);
        Assert.Equal(["test. SOA"], Outcome.Heads(outcome.Authority));
    }

    [Fact, Rfc(2308, "2.2")]
    public void Chain_to_a_name_without_the_type_is_noerror_with_chain_and_soa()
    {
        Outcome outcome = Outcome.Of(Zone, "nodata.test.", "AAAA");
        Assert.Equal(Rcode.NoError, outcome.Rcode);
        Assert.Equal(["nodata.test. 3600 CNAME www.test."], outcome.Answer);
        Assert.Equal(["test. SOA"], Outcome.Heads(outcome.Authority));
    }

    [Fact]
    public void Chain_out_of_all_zones_is_noerror_with_the_chain_alone()
    {
        Outcome outcome = Outcome.Of(Zone, "out.test.", "A");
        Assert.Equal((Rcode.NoError, 0), (outcome.Rcode, outcome.Authority.Length));
        Assert.Equal(["out.test. 3600 CNAME www.example.net."], outcome.Answer);
    }

    [Theory]
    [InlineData("nothing.test.", "SOA", true, 0)]
    [InlineData("nothing.test.", "A", true, 300)]
    [InlineData("www.test.", "SOA", true, 300)]
    [InlineData("nothing.test.", "SOA", false, 300)]
    public void Soa_of_an_nxdomain_to_a_question_for_soa_has_ttl_0_when_so_set(string name, string type, bool isSet, uint ttl)
    {
        Outcome outcome = Outcome.Of(name, type, new LookupOptions { ZeroSoaTtl = isSet }, Zone);
        Assert.StartsWith($"test. {ttl} SOA", outcome.Authority[0], StringComparison.Ordinal);
    }
}

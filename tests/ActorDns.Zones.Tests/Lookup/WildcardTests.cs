using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>The example of RFC 4592 §2.2.1 row by row, and what §4 says of types at a wildcard.</summary>
public sealed class WildcardTests
{
    private static readonly ZoneSnapshot Example = TestZone.Load("example.", """
        $TTL 3600
        @ SOA ns.example.com. hostmaster 1 7200 900 86400 300
        @ NS ns.example.com.
        @ NS ns.example.net.
        * TXT "this is a wildcard"
        * MX 10 host1
        sub.* TXT "this is not a wildcard"
        host1 A 192.0.2.1
        _ssh._tcp.host1 SRV 0 0 22 host1
        _ssh._tcp.host2 SRV 0 0 22 host1
        subdel NS ns.example.com.
        subdel NS ns.example.net.
        """);

    [Theory, Rfc(4592, "2.2.1")]
    [InlineData("host3.example.", "MX", "host3.example. 3600 MX 10 host1.example.")]
    [InlineData("foo.bar.example.", "TXT", "foo.bar.example. 3600 TXT \"this is a wildcard\"")]
    public void Name_without_match_gets_the_wildcards_records_under_its_own_name(string name, string type, string answer) =>
        Assert.Equal([answer], Outcome.Of(Example, name, type).Answer);

    [Theory, Rfc(4592, "2.2.1")]
    [InlineData("host3.example.", "A")]
    [InlineData("host1.example.", "MX")]
    [InlineData("sub.*.example.", "MX")]
    [InlineData("_tcp.host1.example.", "TXT")]
    public void Name_that_exists_or_a_wildcard_without_the_type_has_no_data(string name, string type)
    {
        Outcome outcome = Outcome.Of(Example, name, type);
        Assert.Equal((Rcode.NoError, 0), (outcome.Rcode, outcome.Answer.Length));
        Assert.Equal(["example. SOA"], Outcome.Heads(outcome.Authority));
    }

    [Theory, Rfc(4592, "2.2.1")]
    [InlineData("_telnet._tcp.host1.example.", "SRV")]
    [InlineData("ghost.*.example.", "MX")]
    public void Name_whose_closest_encloser_has_no_wildcard_does_not_exist(string name, string type) =>
        Assert.Equal(Rcode.NxDomain, Outcome.Of(Example, name, type).Rcode);

    [Fact, Rfc(4592, "2.2.1")]
    public void Name_below_a_cut_is_referred_and_not_made_from_the_wildcard_above()
    {
        Outcome outcome = Outcome.Of(Example, "host.subdel.example.", "A");
        Assert.Equal((Rcode.NoError, false, 0), (outcome.Rcode, outcome.IsAuthoritative, outcome.Answer.Length));
        Assert.Equal(
            ["subdel.example. 3600 NS ns.example.com.", "subdel.example. 3600 NS ns.example.net."], outcome.Authority);
    }

    [Fact, Rfc(4592, "2.1.2")]
    public void Asterisk_among_other_characters_is_no_wildcard()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "the*.w A 192.0.2.1\n**.w A 192.0.2.1\n");
        Assert.Equal(Rcode.NxDomain, Outcome.Of(zone, "x.w.test.", "A").Rcode);
    }

    [Fact]
    public void Wildcard_asked_for_by_its_name_is_a_name_like_others() =>
        Assert.Equal(["*.example. 3600 MX 10 host1.example."], Outcome.Of(Example, "*.example.", "MX").Answer);

    [Fact, Rfc(4592, "3.3.3")]
    public void Cname_at_a_wildcard_is_followed_from_the_name_asked_for()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "*.w CNAME www\nwww A 192.0.2.80\n");
        Assert.Equal(["a.w.test. 3600 CNAME www.test.", "www.test. 3600 A 192.0.2.80"], Outcome.Of(zone, "a.w.test.", "A").Answer);
    }

    [Fact, Rfc(4592, "4.9")]
    public void Wildcard_that_owns_nothing_still_matches_and_has_no_data()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "x.*.w A 192.0.2.1\n");
        Assert.Equal((Rcode.NoError, 0), (Outcome.Of(zone, "q.w.test.", "A").Rcode, Outcome.Of(zone, "q.w.test.", "A").Answer.Length));
    }

    [Fact, Rfc(6672, "3.3")]
    public void Dname_at_a_wildcard_redirects_nothing_but_is_given_to_who_asks_for_it()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "*.w DNAME other\na.other A 192.0.2.1\n");
        Assert.Empty(Outcome.Of(zone, "a.w.test.", "A").Answer);
        Assert.Equal(["a.w.test. 3600 DNAME other.test."], Outcome.Of(zone, "a.w.test.", "DNAME").Answer);
    }
}

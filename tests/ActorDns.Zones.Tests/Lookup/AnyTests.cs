using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>Questions for ANY and RRSIG, whole and minimal (RFC 8482 §4.1).</summary>
public sealed class AnyTests
{
    private static readonly ZoneSnapshot Zone = TestSigner.Nsec(
        "test.", "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nwww A 192.0.2.80\nwww TXT x\n*.w TXT y\nalias CNAME www\n");

    [Fact]
    public void Any_gives_every_set_of_the_name_with_its_signatures() => Assert.Equal(
        ["www.test. A", "www.test. RRSIG A", "www.test. TXT", "www.test. RRSIG TXT", "www.test. NSEC", "www.test. RRSIG NSEC"],
        Outcome.Heads(Outcome.Of(Zone, "www.test.", "ANY").Answer));

    [Fact]
    public void Any_at_an_alias_gives_the_alias_and_follows_nothing() => Assert.Equal(
        ["alias.test. CNAME", "alias.test. RRSIG CNAME", "alias.test. NSEC", "alias.test. RRSIG NSEC"],
        Outcome.Heads(Outcome.Of(Zone, "alias.test.", "ANY").Answer));

    [Fact]
    public void Any_at_a_name_made_from_a_wildcard_has_the_name_asked_for_as_owner() => Assert.All(
        Outcome.Of(Zone, "a.w.test.", "ANY").Answer, line => Assert.StartsWith("a.w.test. ", line, StringComparison.Ordinal));

    [Theory, Rfc(8482, "4.1")]
    [InlineData(false, "www.test. A")]
    [InlineData(true, "www.test. A,www.test. RRSIG A")]
    public void Minimal_any_gives_one_set_and_its_signatures_to_who_wants_them(bool wantsDnssec, string heads) => Assert.Equal(
        heads.Split(','),
        Outcome.Heads(Outcome.Of("www.test.", "ANY", new LookupOptions { MinimalAny = true, DnssecOk = wantsDnssec }, Zone).Answer));

    [Fact]
    public void Rrsig_gives_the_signatures_over_every_set() => Assert.Equal(
        ["www.test. RRSIG A", "www.test. RRSIG TXT", "www.test. RRSIG NSEC"],
        Outcome.Heads(Outcome.Of(Zone, "www.test.", "RRSIG").Answer));

    [Fact, Rfc(8482, "7")]
    public void Minimal_any_limits_rrsig_to_those_over_one_set() => Assert.Single(
        Outcome.Of("www.test.", "RRSIG", new LookupOptions { MinimalAny = true }, Zone).Answer);
}

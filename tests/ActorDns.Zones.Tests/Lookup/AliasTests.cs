using System.Globalization;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>Chains of CNAME within and across zones (RFC 1034 §3.6.2, §4.3.2 step 3a).</summary>
public sealed class AliasTests
{
    [Fact, Rfc(1034, "4.3.2")]
    public void Chain_is_followed_from_zone_to_zone_and_back()
    {
        ZoneSnapshot first = TestZone.Make("one.test.", "a CNAME b.two.test.\nc A 192.0.2.3\n");
        ZoneSnapshot second = TestZone.Make("two.test.", "b CNAME c.one.test.\n");
        Assert.Equal(
            ["a.one.test. 3600 CNAME b.two.test.", "b.two.test. 3600 CNAME c.one.test.", "c.one.test. 3600 A 192.0.2.3"],
            Outcome.Of("a.one.test.", "A", default, first, second).Answer);
    }

    [Fact, Rfc(1034, "4.3.2")]
    public void Target_below_a_cut_is_answered_by_the_child_zone_when_that_is_ours_too()
    {
        ZoneSnapshot parent = TestZone.Make("test.", "a CNAME www.sub\nsub NS ns.sub\nns.sub A 192.0.2.53\n");
        ZoneSnapshot child = TestZone.Make("sub.test.", "www A 192.0.2.80\n");
        Outcome outcome = Outcome.Of("a.test.", "A", default, parent, child);
        Assert.Equal(["a.test. 3600 CNAME www.sub.test.", "www.sub.test. 3600 A 192.0.2.80"], outcome.Answer);
        Assert.Empty(outcome.Authority);
    }

    [Fact]
    public void Target_below_a_cut_is_a_referral_with_the_alias_and_aa_when_the_child_is_not_ours()
    {
        ZoneSnapshot parent = TestZone.Make("test.", "a CNAME www.sub\nsub NS ns.sub\nns.sub A 192.0.2.53\n");
        Outcome outcome = Outcome.Of(parent, "a.test.", "A");
        Assert.True(outcome.IsAuthoritative);
        Assert.Equal(["a.test. 3600 CNAME www.sub.test."], outcome.Answer);
        Assert.Equal(["sub.test. 3600 NS ns.sub.test."], outcome.Authority);
        Assert.Equal(["ns.sub.test. 3600 A 192.0.2.53"], outcome.Additional);
    }

    [Fact]
    public void Question_for_cname_ends_at_the_cname() => Assert.Equal(
        ["a.test. 3600 CNAME b.test."], Outcome.Of(TestZone.Make("test.", "a CNAME b\nb CNAME c\n"), "a.test.", "CNAME").Answer);

    [Theory, Rfc(1034, "3.6.2")]
    [InlineData("a CNAME a\n")]
    [InlineData("a CNAME b\nb CNAME a\n")]
    [InlineData("a CNAME b\nb CNAME c\nc CNAME b\n")]
    [InlineData("a CNAME x.w\n*.w CNAME x.w\n")]
    public void Loop_is_servfail(string records) =>
        Assert.Equal(Rcode.ServFail, Outcome.Of(TestZone.Make("test.", records), "a.test.", "A").Rcode);

    [Fact]
    public void Loop_across_zones_is_servfail() => Assert.Equal(
        Rcode.ServFail,
        Outcome.Of("a.one.", "A", default, TestZone.Make("one.", "a CNAME a.two.\n"), TestZone.Make("two.", "a CNAME a.one.\n")).Rcode);

    [Theory]
    [InlineData(AnswerPlan.MaxChainSteps, "NOERROR")]
    [InlineData(AnswerPlan.MaxChainSteps + 1, "SERVFAIL")]
    public void Chain_is_answered_whole_up_to_the_limit_and_servfail_beyond(int steps, string rcode)
    {
        string chain = string.Concat(Enumerable.Range(0, steps).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"a{i} CNAME a{i + 1}\n")));
        Outcome outcome = Outcome.Of(TestZone.Make("test.", $"{chain}a{steps} A 192.0.2.1\n"), "a0.test.", "A");
        Assert.Equal(rcode, outcome.Rcode.ToString());
        Assert.Equal(steps + (rcode == "NOERROR" ? 1 : 0), outcome.Answer.Length);
    }

    [Theory]
    [InlineData("NSEC")]
    [InlineData("KEY")]
    [InlineData("RRSIG")]
    public void Type_that_may_stand_beside_a_cname_means_the_alias_itself(string type)
    {
        ZoneSnapshot zone = TestZone.Make("test.", "a CNAME b\nb A 192.0.2.1\n");
        Assert.Empty(Outcome.Of(zone, "a.test.", type).Answer);
    }
}

using ActorDns.Protocol.Registries;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>Zone cuts: NS set, glue (RFC 9471), DS (RFC 4035 §3.1.4).</summary>
public sealed class ReferralTests
{
    private static readonly ZoneSnapshot Zone = TestZone.Make("test.", """
        sub NS ns.sub
        sub NS ns.sibling
        sub NS ns1
        sub NS ns.example.net.
        sub DS 1 13 2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
        ns.sub A 192.0.2.53
        ns.sub AAAA 2001:db8::53
        sibling NS ns.sibling
        ns.sibling A 192.0.2.54
        plain NS ns1
        """);

    [Theory, Rfc(1034, "4.3.2")]
    [InlineData("sub.test.", "A")]
    [InlineData("sub.test.", "NS")]
    [InlineData("sub.test.", "ANY")]
    [InlineData("a.b.sub.test.", "A")]
    [InlineData("ns.sub.test.", "A")]
    [InlineData("x.sub.test.", "DS")]
    public void Name_at_or_below_a_cut_is_referred_without_aa(string name, string type)
    {
        Outcome outcome = Outcome.Of(Zone, name, type);
        Assert.Equal((Rcode.NoError, false, 0), (outcome.Rcode, outcome.IsAuthoritative, outcome.Answer.Length));
        Assert.Equal(["sub.test. NS"], Outcome.Heads(outcome.Authority));
        Assert.Equal(4, outcome.Authority.Length);
    }

    [Fact, Rfc(9471, "3.1")]
    public void Glue_of_servers_below_the_cut_comes_first_and_is_required()
    {
        Outcome outcome = Outcome.Of(Zone, "www.sub.test.", "A");
        Assert.Equal(["ns.sub.test. A", "ns.sub.test. AAAA"], Outcome.Heads(outcome.Additional)[..2]);
        Assert.Equal(
            [true, true, false, false],
            outcome.Entries.Where(entry => entry.Section == AnswerSection.Additional).Select(entry => entry.IsRequired));
    }

    [Fact, Rfc(9471, "3.2")]
    public void Glue_of_sibling_zones_and_addresses_of_our_own_go_along()
    {
        string[] additional = Outcome.Of(Zone, "www.sub.test.", "A").Additional;
        Assert.Equal(["ns.sibling.test. 3600 A 192.0.2.54", "ns1.test. 3600 A 192.0.2.1"], additional[2..].Order(StringComparer.Ordinal));
    }

    [Fact, Rfc(9471, "3.1")]
    public void Glue_of_a_thousand_servers_is_all_planned()
    {
        string records = string.Concat(Enumerable.Range(0, 1_000).Select(i =>
            $"big NS n{i}.big\nn{i}.big A 192.0.2.1\nn{i}.big AAAA 2001:db8::1\n"));
        Outcome outcome = Outcome.Of(TestZone.Make("test.", records), "x.big.test.", "A");
        Assert.Equal((1_000, 2_000, false), (outcome.Authority.Length, outcome.Additional.Length, outcome.IsIncomplete));
    }

    [Fact]
    public void Referral_of_more_servers_than_any_message_holds_says_that_it_is_incomplete()
    {
        string records = string.Concat(Enumerable.Range(0, 2_500).Select(i =>
            $"big NS n{i}.big\nn{i}.big A 192.0.2.1\nn{i}.big AAAA 2001:db8::1\n"));
        Outcome outcome = Outcome.Of(TestZone.Make("test.", records), "x.big.test.", "A");
        Assert.Equal((AnswerPlan.MaxEntries, true), (outcome.Entries.Length, outcome.IsIncomplete));
    }

    [Fact]
    public void Server_hidden_by_a_dname_gives_no_address()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "sub NS ns.old\nold DNAME new\nns.old A 192.0.2.66\n");
        Assert.Empty(Outcome.Of(zone, "sub.test.", "A").Additional);
    }

    [Fact, Rfc(4035, "3.1.4.1")]
    public void Ds_at_a_cut_is_answered_with_aa_from_the_parents_side()
    {
        Outcome outcome = Outcome.Of(Zone, "sub.test.", "DS");
        Assert.True(outcome.IsAuthoritative);
        Assert.Equal(["sub.test. DS"], Outcome.Heads(outcome.Answer));
    }

    [Theory, Rfc(4035, "3.1.4.1")]
    [InlineData("plain.test.")]
    [InlineData("test.")]
    public void Ds_that_is_not_there_is_no_data_at_a_cut_and_at_the_apex(string name)
    {
        Outcome outcome = Outcome.Of(Zone, name, "DS");
        Assert.Equal((Rcode.NoError, true, 0), (outcome.Rcode, outcome.IsAuthoritative, outcome.Answer.Length));
        Assert.Equal(["test. SOA"], Outcome.Heads(outcome.Authority));
    }

    [Fact]
    public void Outer_cut_wins_over_one_below_it()
    {
        ZoneSnapshot zone = TestZone.Make("test.", "sub NS ns.sub\nns.sub A 192.0.2.53\ndeep.sub NS ns1\n");
        Assert.Equal(["sub.test. NS"], Outcome.Heads(Outcome.Of(zone, "x.deep.sub.test.", "A").Authority));
    }
}

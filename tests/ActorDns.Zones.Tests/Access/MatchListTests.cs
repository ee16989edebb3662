using System.Net;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Tests.Access;

public sealed class MatchListTests
{
    private static readonly DomainName KeyK = DomainName.Parse("k.example.");

    [Fact]
    public void List_without_elements_matches_nothing() =>
        Assert.Equal(MatchDecision.NoMatch, MatchList.Create([]).Match(From("192.0.2.1")).Decision);

    [Fact]
    public void First_match_decides_and_later_ones_are_not_asked()
    {
        MatchList list = MatchList.Create([Net("10.0.0.0/8", not: true), Net("10.1.0.0/16"), MatchElement.Any()]);
        Assert.Equal(MatchDecision.Deny, list.Match(From("10.1.2.3")).Decision);
    }

    [Fact]
    public void Negation_alone_leaves_other_clients_without_a_match()
    {
        MatchList list = MatchList.Create([Net("10.0.0.0/8", not: true)]);
        Assert.Equal(MatchDecision.NoMatch, list.Match(From("192.0.2.1")).Decision);
    }

    [Fact]
    public void Negative_result_of_a_nested_list_is_no_match()
    {
        MatchList list = MatchList.Create(
            [MatchElement.Nested([Net("10.0.0.0/8", not: true), MatchElement.Any()]), Net("10.1.0.0/16")]);
        MatchResult result = list.Match(From("10.1.2.3"));
        Assert.Equal((MatchDecision.Allow, 1), (result.Decision, result.RuleIndex));
    }

    [Theory]
    [InlineData("10.1.2.3", true, MatchDecision.Allow)]
    [InlineData("10.1.2.3", false, MatchDecision.NoMatch)]
    [InlineData("192.0.2.1", true, MatchDecision.Deny)]
    [InlineData("192.0.2.1", false, MatchDecision.Deny)]
    public void Negated_nested_list_before_a_key_means_address_and_key(string client, bool signed, MatchDecision expected)
    {
        MatchList list = MatchList.Create(
        [
            MatchElement.Nested([Net("10.0.0.0/8", not: true), MatchElement.Any()], isNegated: true),
            MatchElement.Key(KeyK),
        ]);
        AccessSubject subject = new(Address(client)) { KeyName = signed ? KeyK.Wire : default };
        Assert.Equal(expected, list.Match(subject).Decision);
    }

    [Fact]
    public void Negated_nested_list_without_negations_denies_each_of_its_elements()
    {
        MatchList list = MatchList.Create(
            [MatchElement.Nested([Net("10.0.0.0/8"), Net("172.16.0.0/12")], isNegated: true), MatchElement.Any()]);
        Assert.Equal(MatchDecision.Deny, list.Match(From("172.16.9.9")).Decision);
    }

    [Fact]
    public void Key_is_compared_without_regard_to_case()
    {
        AccessSubject subject = new(Address("192.0.2.1")) { KeyName = DomainName.Parse("K.EXAMPLE.").Wire };
        Assert.True(MatchList.Create([MatchElement.Key(KeyK)]).Allows(subject));
    }

    [Fact]
    public void Key_element_does_not_match_an_unsigned_request() =>
        Assert.Equal(
            MatchDecision.NoMatch,
            MatchList.Create([MatchElement.Key(KeyK), MatchElement.Key(DomainName.Root)]).Match(From("192.0.2.1")).Decision);

    [Fact]
    public void Key_that_succeeds_another_matches_where_the_other_is_named()
    {
        AccessSubject subject = new(Address("192.0.2.1"))
        {
            KeyName = DomainName.Parse("k.example-g2.").Wire,
            KeyAliases = (byte[])[.. DomainName.Parse("older.example.").Wire, .. KeyK.Wire],
        };
        Assert.True(MatchList.Create([MatchElement.Key(KeyK)]).Allows(subject));
        Assert.False(MatchList.Create([MatchElement.Key(DomainName.Parse("other."))]).Allows(subject));
    }

    [Fact]
    public void Not_none_is_any() =>
        Assert.True(MatchList.Create([MatchElement.None(isNegated: true)]).Allows(From("192.0.2.1")));

    [Fact]
    public void Any_matches_both_families() =>
        Assert.True(MatchList.Any.Allows(From("192.0.2.1")) && MatchList.Any.Allows(From("2001:db8::1")));

    [Fact]
    public void None_denies() => Assert.Equal(MatchDecision.Deny, MatchList.None.Match(From("192.0.2.1")).Decision);

    [Fact]
    public void Prefix_of_length_zero_matches_its_family_only()
    {
        MatchList list = MatchList.Create([Net("::/0")]);
        Assert.False(list.Allows(From("192.0.2.1")));
    }

    [Fact]
    public void Mapped_client_is_matched_as_IPv4() =>
        Assert.True(MatchList.Create([Net("192.0.2.0/24")]).Allows(From("::ffff:192.0.2.7")));

    [Fact]
    public void Localhost_and_localnets_follow_the_addresses_published_last()
    {
        LocalAddressBook book = new();
        MatchList list = MatchList.Create([MatchElement.LocalHost(isNegated: true), MatchElement.LocalNets()], book);
        Assert.Equal(MatchDecision.NoMatch, list.Match(From("192.0.2.9")).Decision);
        book.Publish(new LocalAddresses([(Address("192.0.2.1"), 24)]));
        Assert.Equal(MatchDecision.Allow, list.Match(From("192.0.2.9")).Decision);
        Assert.Equal(MatchDecision.Deny, list.Match(From("192.0.2.1")).Decision);
    }

    [Theory]
    [InlineData(853, AccessTransports.Tls, MatchDecision.Allow)]
    [InlineData(53, AccessTransports.Tls, MatchDecision.Deny)]
    [InlineData(853, AccessTransports.Tcp, MatchDecision.Deny)]
    public void Port_and_transport_must_both_fit(ushort port, AccessTransports transport, MatchDecision expected)
    {
        MatchList list = MatchList.Create(
            [MatchElement.Any()], restriction: new TransportRestriction(853, AccessTransports.Tls, "named.conf:4"));
        AccessSubject subject = new(Address("192.0.2.1")) { LocalPort = port, Transport = transport };
        Assert.Equal(expected, list.Match(subject).Decision);
    }

    [Fact]
    public void Refusal_by_transport_says_so()
    {
        MatchList list = MatchList.Create(
            [MatchElement.Any()], restriction: new TransportRestriction(853, AccessTransports.Tls, "named.conf:4"));
        Assert.Equal("only port 853 transport tls (named.conf:4)", list.Match(From("192.0.2.1")).RuleText);
    }

    [Fact]
    public void Refusal_names_the_element_and_the_line_it_stands_on()
    {
        MatchElement inner = MatchElement.Nested([Net("10.0.0.0/8")], isNegated: true, "named.conf:12", "partners");
        MatchResult result = MatchList.Create([Net("192.0.2.0/24"), inner]).Match(From("10.1.1.1"));
        Assert.Equal("!partners (named.conf:12)", result.RuleText);
    }

    [Fact]
    public void No_match_says_that_no_element_matches() =>
        Assert.Equal("no element matches", MatchList.Create([Net("10.0.0.0/8")]).Match(From("192.0.2.1")).RuleText);

    [Fact]
    public void Destination_view_compares_with_the_address_of_ours()
    {
        AccessSubject subject = new(Address("192.0.2.1")) { LocalAddress = Address("198.51.100.1"), KeyName = KeyK.Wire };
        Assert.True(MatchList.Create([Net("198.51.100.1/32")]).Allows(subject.AsDestination()));
    }

    [Fact]
    public void Evaluation_does_not_allocate()
    {
        MatchList list = MatchList.Create(
        [
            MatchElement.Nested([Net("10.0.0.0/8", not: true), MatchElement.Any()], isNegated: true),
            MatchElement.LocalNets(),
            MatchElement.Key(KeyK),
        ]);
        AccessSubject subject = new(Address("10.1.1.1")) { KeyName = KeyK.Wire };
        int allowed = 0;
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            // A collection on another thread may be charged to this one: the least of some attempts counts.
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int round = 0; round < 1_000; round++)
                allowed += list.Match(subject).IsAllowed ? 1 : 0;
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal((0, 5_000), (least, allowed));
    }

    private static AccessSubject From(string client) => new(Address(client));

    private static NetAddress Address(string text) => NetAddress.From(IPAddress.Parse(text));

    private static MatchElement Net(string text, bool not = false)
    {
        string[] parts = text.Split('/');
        return MatchElement.Prefix(new NetPrefix(Address(parts[0]), int.Parse(parts[1], null)), not);
    }
}

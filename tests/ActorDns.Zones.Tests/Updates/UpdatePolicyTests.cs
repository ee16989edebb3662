using System.Collections.Immutable;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

public sealed class UpdatePolicyTests
{
    private static readonly byte[] One = ZoneSamples.Address(1);

    [Theory]
    [InlineData(UpdateRuleKind.Name, "k.example.", "a.example.", "A.EXAMPLE.", true)]
    [InlineData(UpdateRuleKind.Name, "k.example.", "a.example.", "x.a.example.", false)]
    [InlineData(UpdateRuleKind.Name, "other.", "a.example.", "a.example.", false)]
    [InlineData(UpdateRuleKind.Name, "*.", "a.example.", "a.example.", true)]
    [InlineData(UpdateRuleKind.Name, "*.example.", "a.example.", "a.example.", true)]
    [InlineData(UpdateRuleKind.Name, "*.k.example.", "a.example.", "a.example.", false)]
    [InlineData(UpdateRuleKind.Subdomain, "k.example.", "a.example.", "a.example.", true)]
    [InlineData(UpdateRuleKind.Subdomain, "k.example.", "a.example.", "x.a.example.", true)]
    [InlineData(UpdateRuleKind.Subdomain, "k.example.", "a.example.", "xa.example.", false)]
    [InlineData(UpdateRuleKind.ZoneSub, "k.example.", ".", "example.", true)]
    [InlineData(UpdateRuleKind.ZoneSub, "k.example.", ".", "x.y.example.", true)]
    [InlineData(UpdateRuleKind.Wildcard, "k.example.", "*.a.example.", "x.a.example.", true)]
    [InlineData(UpdateRuleKind.Wildcard, "k.example.", "*.a.example.", "x.y.a.example.", true)]
    [InlineData(UpdateRuleKind.Wildcard, "k.example.", "*.a.example.", "a.example.", false)]
    [InlineData(UpdateRuleKind.Self, "k.example.", ".", "k.example.", true)]
    [InlineData(UpdateRuleKind.Self, "k.example.", ".", "x.k.example.", false)]
    [InlineData(UpdateRuleKind.Self, "*.", ".", "k.example.", true)]
    [InlineData(UpdateRuleKind.Self, "*.", ".", "a.example.", false)]
    [InlineData(UpdateRuleKind.SelfSub, "k.example.", ".", "k.example.", true)]
    [InlineData(UpdateRuleKind.SelfSub, "k.example.", ".", "x.k.example.", true)]
    [InlineData(UpdateRuleKind.SelfWild, "k.example.", ".", "k.example.", false)]
    [InlineData(UpdateRuleKind.SelfWild, "k.example.", ".", "x.k.example.", true)]
    [InlineData(UpdateRuleKind.Krb5Self, "k.example.", ".", "k.example.", false)]
    [InlineData(UpdateRuleKind.MsSubdomain, "k.example.", "example.", "k.example.", false)]
    [InlineData(UpdateRuleKind.External, "k.example.", "example.", "k.example.", false)]
    public void Rule_decides_by_signer_and_name(UpdateRuleKind kind, string identity, string name, string updated, bool isGranted)
    {
        UpdatePolicy policy = new([Rule(kind, identity, name)]);
        PolicyDecision decision = policy.Decide(Signed("k.example."), ZoneSamples.Origin.Wire, ZoneSamples.Wire(updated), RecordType.A);
        Assert.Equal((isGranted, isGranted ? 0 : -1), (decision.IsGranted, decision.RuleIndex));
        Assert.False(policy.Decide(UpdateWriter.Anybody, ZoneSamples.Origin.Wire, ZoneSamples.Wire(updated), RecordType.A).IsGranted);
    }

    [Theory]
    [InlineData("192.0.2.7", UpdateRuleKind.TcpSelf, "7.2.0.192.in-addr.arpa.")]
    [InlineData("2001:db8::a1", UpdateRuleKind.TcpSelf, "1.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.")]
    [InlineData("192.0.2.7", UpdateRuleKind.SixToFourSelf, "7.0.2.0.0.0.0.c.2.0.0.2.ip6.arpa.")]
    [InlineData("2002:c000:0207::1", UpdateRuleKind.SixToFourSelf, "7.0.2.0.0.0.0.c.2.0.0.2.ip6.arpa.")]
    public void Client_owns_its_reverse_name_over_tcp_only(string address, UpdateRuleKind kind, string name)
    {
        NetAddress client = NetAddress.FromBytes(System.Net.IPAddress.Parse(address).GetAddressBytes());
        UpdatePolicy policy = new([Rule(kind, "*.", ".")]);
        byte[] zone = ZoneSamples.Wire("arpa.");
        bool Decide(AccessTransports transport, string updated) =>
            policy.Decide(new UpdateRequester(client, transport), zone, ZoneSamples.Wire(updated), RecordType.Ptr).IsGranted;

        Assert.True(Decide(AccessTransports.Tcp, name));
        Assert.True(Decide(AccessTransports.Tls, name));
        Assert.False(Decide(AccessTransports.Udp, name));
        Assert.False(Decide(AccessTransports.Tcp, "x." + name));
    }

    [Fact]
    public void First_rule_that_matches_decides_and_is_named()
    {
        UpdatePolicy policy = new(
        [
            Rule(UpdateRuleKind.Krb5Self, "REALM.", "."),
            Rule(UpdateRuleKind.Name, "k.example.", "a.example.") with { IsGrant = false, Origin = "named.conf:7" },
            Rule(UpdateRuleKind.ZoneSub, "k.example.", "."),
        ]);
        UpdateFailure? failure = Run(policy, new UpdateWriter().Add("a.example.", RecordType.A, One)).Failure;
        Assert.Equal("update failed: rejected by secure update (REFUSED)", failure?.Text);
        Assert.Equal("a.example/A: update-policy rule 2: deny k.example name a.example (named.conf:7)", failure?.Rule);
        Assert.Null(Run(policy, new UpdateWriter().Add("b.example.", RecordType.A, One)).Failure);
    }

    [Fact]
    public void No_rule_is_told_with_those_that_wait()
    {
        UpdatePolicy policy = new([Rule(UpdateRuleKind.Krb5Self, "REALM.", "."), Rule(UpdateRuleKind.External, "local.", ".")]);
        UpdateFailure? failure = Run(policy, new UpdateWriter().Add("a.example.", RecordType.A, One)).Failure;
        Assert.Equal(
            "a.example/A: update-policy: no rule matched; rule 1: krb5-self waits for GSS-TSIG; rule 2: external is not supported", failure?.Rule);
    }

    [Fact]
    public void Rule_without_types_covers_all_but_ns_soa_and_signatures()
    {
        UpdatePolicy policy = new([Rule(UpdateRuleKind.ZoneSub, "k.example.", ".")]);
        Assert.Equal(Rcode.NoError, Run(policy, new UpdateWriter().Add("a.example.", RecordType.Dhcid, [1])).Rcode);
        Assert.Equal(Rcode.Refused, Run(policy, new UpdateWriter().Add("a.example.", RecordType.Ns, ZoneSamples.Wire("ns."))).Rcode);
        Assert.Equal(Rcode.Refused, Run(policy, new UpdateWriter().Add("example.", RecordType.Soa, ZoneSamples.Soa(9))).Rcode);
    }

    [Fact]
    public void Rule_with_types_covers_these_or_any()
    {
        UpdatePolicy txt = new([Rule(UpdateRuleKind.ZoneSub, "k.example.", ".", new UpdateRuleTypeLimit(RecordType.Txt))]);
        Assert.Equal(Rcode.NoError, Run(txt, new UpdateWriter().Add("a.example.", RecordType.Txt, UpdateWriter.Text("x"))).Rcode);
        Assert.Equal(Rcode.Refused, Run(txt, new UpdateWriter().Add("a.example.", RecordType.A, One)).Rcode);
        UpdatePolicy any = new([Rule(UpdateRuleKind.ZoneSub, "k.example.", ".", new UpdateRuleTypeLimit(RecordType.Any))]);
        Assert.Equal(Rcode.NoError, Run(any, new UpdateWriter().Add("a.example.", RecordType.Ns, ZoneSamples.Wire("ns."))).Rcode);
    }

    [Fact]
    public void Surplus_records_are_ignored_and_a_type_has_its_own_limit_before_any()
    {
        UpdatePolicy policy = new([Rule(
            UpdateRuleKind.ZoneSub, "k.example.", ".", new UpdateRuleTypeLimit(RecordType.Any, 1), new UpdateRuleTypeLimit(RecordType.A, 2))]);
        UpdateResult result = Run(policy, new UpdateWriter()
            .Add("n.example.", RecordType.A, ZoneSamples.Address(1))
            .Add("n.example.", RecordType.A, ZoneSamples.Address(2))
            .Add("n.example.", RecordType.A, ZoneSamples.Address(3))
            .Add("n.example.", RecordType.Txt, UpdateWriter.Text("x"))
            .Add("n.example.", RecordType.Txt, UpdateWriter.Text("y")));
        Assert.Equal(3, result.Change?.AddedCount);
        Assert.Equal(
            [(2, "attempt to add more records than permitted by policy max=2"), (4, "attempt to add more records than permitted by policy max=1")],
            result.Notes.Select(note => (note.Index, note.Text)));
    }

    [Fact]
    public void Removal_of_a_name_needs_permission_for_every_type_that_is_there()
    {
        UpdateWriter update = new UpdateWriter().RemoveAll("a.example.");
        UpdatePolicy txt = new([Rule(UpdateRuleKind.ZoneSub, "k.example.", ".", new UpdateRuleTypeLimit(RecordType.Txt))]);
        Assert.Equal("a.example/A: update-policy: no rule matched", Run(txt, update).Failure?.Rule);
        UpdatePolicy both = new([Rule(
            UpdateRuleKind.ZoneSub, "k.example.", ".", new UpdateRuleTypeLimit(RecordType.Txt), new UpdateRuleTypeLimit(RecordType.A))]);
        Assert.NotNull(Run(both, update).Change);
        Assert.Equal(Rcode.NoError, Run(txt, new UpdateWriter().RemoveAll("z.example.")).Rcode);
    }

    [Fact]
    public void Removal_of_a_pointer_that_is_not_there_needs_no_permission()
    {
        UpdatePolicy policy = new([Rule(UpdateRuleKind.Name, "k.example.", "x.example.")]);
        Assert.Equal(Rcode.NoError, Run(policy, new UpdateWriter().RemoveSet("a.example.", RecordType.Ptr)).Rcode);
        Assert.Equal(Rcode.NoError, Run(policy, new UpdateWriter().Remove("p.example.", RecordType.Ptr, ZoneSamples.Wire("z."))).Rcode);
        Assert.Equal(Rcode.Refused, Run(policy, new UpdateWriter().Remove("p.example.", RecordType.Ptr, ZoneSamples.Wire("A."))).Rcode);
        Assert.Equal(Rcode.Refused, Run(policy, new UpdateWriter().RemoveSet("p.example.", RecordType.Ptr)).Rcode);
        Assert.Equal(Rcode.Refused, Run(policy, new UpdateWriter().RemoveSet("a.example.", RecordType.A)).Rcode);
    }

    [Fact]
    public void Unsigned_update_over_udp_is_refused_outright()
    {
        UpdatePolicy policy = new([Rule(UpdateRuleKind.TcpSelf, "*.", ".")]);
        UpdateRequester udp = new(NetAddress.FromIPv4(1), AccessTransports.Udp);
        UpdateFailure? failure = Run(policy, new UpdateWriter(), udp).Failure;
        Assert.Equal("update-policy: neither signed nor over TCP", failure?.Rule);
        Assert.Equal(Rcode.Refused, Run(policy, new UpdateWriter(), udp with { Transport = AccessTransports.None }).Rcode);
        Assert.Equal(Rcode.NoError, Run(policy, new UpdateWriter(), UpdateWriter.Anybody).Rcode);
    }

    [Fact]
    public void Successor_of_a_key_is_meant_where_the_key_is_named()
    {
        UpdatePolicy policy = new([Rule(UpdateRuleKind.Self, "k.example.", ".")]);
        UpdateRequester successor = Signed("k-g2.example.") with
        {
            KeyAliases = (byte[])[.. DomainName.Parse("older.").Wire, .. DomainName.Parse("k.example.").Wire],
        };
        Assert.Null(Run(policy, new UpdateWriter().Add("k.example.", RecordType.A, One), successor).Failure);
        Assert.NotNull(Run(policy, new UpdateWriter().Add("other.example.", RecordType.A, One), successor).Failure);
    }

    [Fact]
    public void Local_policy_takes_everything_from_the_session_key_on_this_host()
    {
        MatchList localHost = MatchList.Create([MatchElement.Prefix(new NetPrefix(NetAddress.FromIPv4(0x7F000001), 32), false, "")]);
        UpdatePolicy policy = UpdatePolicy.Local(DomainName.Parse("local-ddns."), localHost);
        UpdateWriter update = new UpdateWriter().Add("a.example.", RecordType.Ns, ZoneSamples.Wire("ns."));
        Assert.Null(Run(policy, update, Signed("local-ddns.")).Failure);
        Assert.Equal(Rcode.Refused, Run(policy, update, Signed("other.")).Rcode);
        UpdateFailure? far = Run(policy, update, Signed("local-ddns.") with { Client = NetAddress.FromIPv4(0x7F000002) }).Failure;
        Assert.Equal("a.example/NS: update-policy local: not the session key from this host", far?.Rule);
    }

    private static UpdatePolicyRule Rule(UpdateRuleKind kind, string identity, string name, params UpdateRuleTypeLimit[] types) =>
        new(true, DomainName.Parse(identity), kind, DomainName.Parse(name), types.ToImmutableArray());

    private static UpdateRequester Signed(string key) =>
        new(NetAddress.FromIPv4(0x7F000001), AccessTransports.Udp, DomainName.Parse(key));

    private static UpdateResult Run(UpdatePolicy policy, UpdateWriter update, UpdateRequester? requester = null)
    {
        var builder = ZoneSamples.Builder(ChangeSamples.Arena());
        builder.Add("a.example.", RecordType.A, One);
        builder.Add("a.example.", RecordType.Txt, UpdateWriter.Text("x"));
        builder.Add("p.example.", RecordType.Ptr, ZoneSamples.Wire("a."));
        using UpdateHarness harness = new(builder.Build(), new UpdateSettings { Policy = policy });
        return harness.Run(new UpdateRequest(update.Message(), requester ?? Signed("k.example.")));
    }
}

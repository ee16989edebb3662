using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>Addresses of names in the answer.</summary>
public sealed class AdditionalDataTests
{
    private static readonly ZoneSnapshot Zone = TestZone.Make("test.", """
        mail A 192.0.2.25
        mail AAAA 2001:db8::25
        mx MX 10 mail
        mx MX 20 mail
        mx MX 30 ns.sub
        mx MX 40 hidden.old
        mx MX 50 mail.example.net.
        sub NS ns.sub
        ns.sub A 192.0.2.53
        old DNAME new
        hidden.old A 192.0.2.66
        _smtp._tcp SRV 0 0 25 mail
        none MX 0 .
        svc HTTPS 1 . alpn=h2
        svc A 192.0.2.44
        apex HTTPS 0 svc
        other SVCB 1 mail
        """);

    [Theory]
    [InlineData("mx.test.", "MX", "mail.test. A,mail.test. AAAA,ns.sub.test. A")]
    [InlineData("_smtp._tcp.test.", "SRV", "mail.test. A,mail.test. AAAA")]
    [InlineData("test.", "NS", "ns1.test. A")]
    [InlineData("none.test.", "MX", "")]
    public void Addresses_of_the_hosts_that_the_zone_has_go_along_once(string name, string type, string heads) =>
        Assert.Equal(heads.Split(',', StringSplitOptions.RemoveEmptyEntries), Outcome.Heads(Ask(Zone, name, type).Additional));

    [Theory, Rfc(9460, "4.1")]
    [InlineData("svc.test.", "HTTPS", "svc.test. A")]
    [InlineData("apex.test.", "HTTPS", "svc.test. A,svc.test. HTTPS")]
    [InlineData("other.test.", "SVCB", "mail.test. A,mail.test. AAAA")]
    public void Service_bindings_bring_the_addresses_and_an_alias_the_bindings_of_its_target(string name, string type, string heads) =>
        Assert.Equal(heads.Split(','), Outcome.Heads(Ask(Zone, name, type).Additional));

    [Fact(Skip = "RFC 9460 §4.1 SHOULD: proofs in the additional section are read by no resolver that we know of, nor sent by BIND")]
    [Rfc(9460, "4.1")]
    public void Service_binding_of_a_signed_zone_brings_the_proof_that_an_address_is_not_there()
    {
        ZoneSnapshot zone = TestSigner.Nsec(
            "test.", "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nsvc HTTPS 1 host\nhost A 192.0.2.44\n");
        Outcome outcome = Outcome.Of("svc.test.", "HTTPS", new LookupOptions { WithAdditional = true, DnssecOk = true }, zone);
        Assert.Equal(
            ["host.test. A", "host.test. RRSIG A", "host.test. NSEC", "host.test. RRSIG NSEC"], Outcome.Heads(outcome.Additional));
    }

    [Fact]
    public void Helpful_addresses_of_a_thousand_hosts_stop_at_the_bound_and_the_answer_is_whole()
    {
        string records = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"mx MX 10 h{i}\nh{i} A 192.0.2.1\n"));
        Outcome outcome = Ask(TestZone.Make("test.", records), "mx.test.", "MX");
        Assert.Equal((1_000, AnswerPlan.MaxHelpfulEntries, false), (outcome.Answer.Length, outcome.Entries.Length, outcome.IsIncomplete));
    }

    [Fact, Rfc(4035, "3.1.1")]
    public void Addresses_of_our_own_are_signed_and_glue_is_not()
    {
        ZoneSnapshot zone = TestSigner.Nsec(
            "test.", "$TTL 300\n@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nmx MX 1 ns\nmx MX 2 ns.sub\nsub NS ns.sub\nns.sub A 192.0.2.53\n");
        Outcome outcome = Outcome.Of("mx.test.", "MX", new LookupOptions { WithAdditional = true, DnssecOk = true }, zone);
        Assert.Equal(["ns.test. A", "ns.test. RRSIG A", "ns.sub.test. A"], Outcome.Heads(outcome.Additional));
    }

    private static Outcome Ask(ZoneSnapshot zone, string name, string type) =>
        Outcome.Of(name, type, new LookupOptions { WithAdditional = true }, zone);
}

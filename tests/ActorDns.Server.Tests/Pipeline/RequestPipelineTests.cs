using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Pipeline;

public sealed class RequestPipelineTests : IDisposable
{
    private const string Example = """
        $TTL 1h
        @ SOA ns1 hostmaster 7 2h 15m 2w 5m
        @ NS ns1
        ns1 A 192.0.2.1
        www A 192.0.2.80
        many TXT "a long text that takes some room in a reply number 0"
        $GENERATE 1-30 many TXT "a long text that takes some room in a reply number $"
        out CNAME www.other.test.
        """;

    private const string Other = """
        $TTL 1h
        @ SOA ns hostmaster 1 2h 15m 2w 5m
        @ NS ns
        ns A 192.0.2.2
        www A 192.0.2.81
        """;

    private readonly TestServer _server = new(TestZones.Serve("example.", Example), TestZones.Serve("other.test.", Other));

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Positive_answer_has_aa_the_id_and_the_question_as_asked()
    {
        Reply reply = _server.Ask("WwW.eXample.", RecordType.A);
        Assert.Equal(Rcode.NoError, reply.Rcode);
        Assert.True(reply.IsAuthoritative);
        Assert.Equal(["WwW.eXample. 3600 A 192.0.2.80"], reply.Answer);
        Assert.Equal(0x1234, MessageHeader.Id(reply.Message));
    }

    [Fact, Rfc(2308, "3")]
    public void Negative_answer_carries_the_soa_with_the_ttl_cut_to_minimum()
    {
        Reply reply = _server.Ask("nothing.example.", RecordType.A);
        Assert.Equal(Rcode.NxDomain, reply.Rcode);
        Assert.StartsWith("example. 300 SOA ns1.example.", Assert.Single(reply.Authority), StringComparison.Ordinal);
    }

    [Fact]
    public void Alias_into_another_zone_of_ours_is_followed()
    {
        Reply reply = _server.Ask("out.example.", RecordType.A);
        Assert.Equal(["out.example. 3600 CNAME www.other.test.", "www.other.test. 3600 A 192.0.2.81"], reply.Answer);
    }

    [Fact, Rfc(8914, "4.21")]
    public void Name_in_no_zone_of_ours_is_refused_with_the_reason()
    {
        Reply reply = _server.Ask("www.elsewhere.", RecordType.A, new QueryOptions { Edns = true });
        Assert.Equal(Rcode.Refused, reply.Rcode);
        Assert.Equal(ExtendedErrorCode.NotAuthoritative, reply.ExtendedError);
    }

    [Fact]
    public void Response_gets_no_reply() => Assert.Empty(_server.Send(
        _server.Query("www.example.", RecordType.A, new QueryOptions { Flags = MessageHeader.Response })));

    [Fact]
    public void Less_than_a_header_gets_no_reply() => Assert.Empty(_server.Send(new byte[11]));

    [Theory, Rfc(4035, "3")]
    [InlineData("www.example.", 0)]
    [InlineData("www.example.", MessageHeader.CheckingDisabled)]
    [InlineData("www.example.", MessageHeader.AuthenticData)]
    [InlineData("www.example.", MessageHeader.CheckingDisabled | MessageHeader.AuthenticData)]
    [InlineData("www.elsewhere.", MessageHeader.CheckingDisabled | MessageHeader.AuthenticData)]
    public void Cd_is_copied_into_the_reply_and_ad_of_the_query_has_no_effect(string name, int flags)
    {
        Reply plain = _server.Ask(name, RecordType.A);
        Reply reply = _server.Ask(name, RecordType.A, new QueryOptions { Flags = (ushort)flags });
        Assert.Equal(
            MessageHeader.Flags(plain.Message) | (flags & MessageHeader.CheckingDisabled), MessageHeader.Flags(reply.Message));
        Assert.Equal(plain.Answer, reply.Answer);
    }

    [Theory, Rfc(7314, "3.3")]
    [InlineData("example.", true)]
    [InlineData("elsewhere.", false)]
    public void Expire_is_told_by_a_server_with_authority_for_the_zone_alone(string zone, bool isOurs)
    {
        Reply reply = _server.Ask(zone, RecordType.Soa, new QueryOptions { Edns = true, Expire = true });
        Assert.True(reply.HasOpt);
        Assert.Equal(isOurs, reply.Opt.HasExpire);
    }

    [Theory, Rfc(8906, "3.1.4")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(15)]
    public void Unknown_opcode_is_answered_with_notimp(byte opcode) => Assert.Equal(
        Rcode.NotImp, _server.Ask("www.example.", RecordType.A, new QueryOptions { Opcode = new Opcode(opcode) }).Rcode);

    [Fact, Rfc(6891, "6.1.3")]
    public void Higher_edns_version_is_answered_with_badvers()
    {
        Reply reply = _server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, EdnsVersion = 1 });
        Assert.Equal(Rcode.BadVers, reply.Rcode);
        Assert.Equal(0, reply.Opt.Version);
        Assert.Empty(reply.Answer);
    }

    [Fact, Rfc(6891, "6.1.1"), Rfc(6891, "7")]
    public void Reply_has_opt_when_and_only_when_the_request_had_it()
    {
        Assert.False(_server.Ask("www.example.", RecordType.A).HasOpt);
        Assert.True(_server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true }).HasOpt);
    }

    [Fact, Rfc(3225, "3")]
    public void Do_is_copied()
    {
        Assert.True(_server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, DnssecOk = true }).Opt.DnssecOk);
        Assert.False(_server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true }).Opt.DnssecOk);
    }

    [Fact, Rfc(5001, "2.2")]
    public void Nsid_is_told_to_who_asks()
    {
        Assert.Equal("node-1", _server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, Nsid = true }).Nsid);
        Assert.Equal("", _server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true }).Nsid);
    }

    [Fact, Rfc(7873, "5.2.3")]
    public void Client_cookie_is_answered_with_a_server_cookie_that_is_good_the_next_time()
    {
        byte[] first = _server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, Cookie = new byte[8] }).Cookie;
        Assert.Equal(24, first.Length);
        byte[] second = _server.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, Cookie = first }).Cookie;
        Assert.Equal(first, second);
    }

    [Fact, Rfc(7873, "5.2.3")]
    public void View_that_requires_cookies_answers_badcookie_to_a_bad_one()
    {
        using TestServer strict = new(new View
        {
            Zones = new ZoneTable([TestZones.Serve("example.", Example)]),
            RequireServerCookie = true,
        });
        Reply reply = strict.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, Cookie = new byte[8] });
        Assert.Equal(Rcode.BadCookie, reply.Rcode);
        Assert.Equal(
            Rcode.NoError, strict.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true, Cookie = reply.Cookie }).Rcode);
    }

    [Theory, Rfc(7873, "5.4")]
    [InlineData(false)]
    [InlineData(true)]
    public void Cookie_without_a_question_is_told_whether_it_is_good(bool requiresCookie)
    {
        using TestServer server = new(new View
        {
            Zones = new ZoneTable([TestZones.Serve("example.", Example)]),
            RequireServerCookie = requiresCookie,
        });
        Reply first = Ask(new byte[8]);
        Assert.Equal((Rcode.NoError, 24), (first.Rcode, first.Cookie.Length));
        Assert.Equal(Rcode.NoError, Ask(first.Cookie).Rcode);
        Reply refused = Ask([.. first.Cookie[..^1], (byte)(first.Cookie[^1] ^ 1)]);
        Assert.Equal((Rcode.BadCookie, 24), (refused.Rcode, refused.Cookie.Length));

        Reply Ask(byte[] cookie)
        {
            byte[] query = server.Query(".", RecordType.A, new QueryOptions { Edns = true, Cookie = cookie });
            return new Reply(server.Send([.. query[..4], 0, 0, .. query[6..12], .. query[17..]]));
        }
    }

    [Fact, Rfc(1035, "4.1.1")]
    public void Reply_that_does_not_fit_is_truncated_within_the_limit()
    {
        Reply plain = _server.Ask("many.example.", RecordType.Txt);
        Assert.True(plain.IsTruncated);
        Assert.InRange(plain.Message.Length, 12, 512);
        Reply edns = _server.Ask("many.example.", RecordType.Txt, new QueryOptions { Edns = true, PayloadBytes = 4096 });
        Assert.True(edns.IsTruncated);
        Assert.InRange(edns.Message.Length, 12, 1232);
    }

    [Fact, Rfc(8945, "5.3"), Rfc(6891, "7")]
    public void Truncated_signed_reply_keeps_question_opt_and_tsig_only()
    {
        byte[] query = _server.Query("many.example.", RecordType.Txt, new QueryOptions { Edns = true, Key = TestServer.Key });
        Reply reply = new(_server.Send(query));
        Assert.True(reply.IsTruncated);
        Assert.True(reply.HasOpt);
        Assert.True(reply.HasTsig);
        Assert.Empty(reply.Answer);
        Assert.Equal(1, MessageHeader.Count(reply.Message, 0));
    }

    [Fact, Rfc(8945, "5.3")]
    public void Signed_request_gets_a_reply_that_verifies()
    {
        byte[] buffer = new byte[4096];
        byte[] query = _server.Query("www.example.", RecordType.A);
        query.CopyTo(buffer, 0);
        Assert.True(TsigSigner.SignRequest(buffer, query.Length, TestServer.Key, _server.Now, out int length, out TsigContext context));
        byte[] reply = _server.Send(buffer.AsSpan(0, length));
        Assert.Equal(TsigReplyOutcome.Verified, TsigVerifier.VerifyResponse(reply, context, _server.Now).Outcome);
    }

    [Fact, Rfc(8945, "5.2.3")]
    public void Request_signed_too_long_ago_is_notauth_with_badtime_and_signed()
    {
        QueryOptions late = new() { Key = TestServer.Key, SignedAt = _server.Now - 301 };
        Reply reply = _server.Ask("www.example.", RecordType.A, late);
        Assert.Equal(Rcode.NotAuth, reply.Rcode);
        Assert.True(reply.HasTsig);
        Assert.Equal(1, _server.Counters.SignatureFailures);
        Assert.Equal(1, _server.Counters.ByTsigOutcome(TsigOutcome.BadTime));
    }

    [Fact]
    public void Key_selects_the_view()
    {
        MatchList onlyKey = MatchList.Create([MatchElement.Key(TestServer.Key.Name)]);
        using TestServer split = new(
            new View { Name = "inner", MatchClients = onlyKey, Zones = new ZoneTable([TestZones.Serve("example.", Example)]) },
            new View { Name = "outer", Zones = new ZoneTable([TestZones.Serve("other.test.", Other)]) });
        Assert.Equal(Rcode.Refused, split.Ask("www.example.", RecordType.A).Rcode);
        Assert.Equal(Rcode.NoError, split.Ask("www.example.", RecordType.A, new QueryOptions { Key = TestServer.Key }).Rcode);
    }

    [Fact]
    public void Client_outside_allow_query_is_refused_as_prohibited()
    {
        using TestServer closed = new(TestZones.Serve("example.", Example, allowQuery: MatchList.None));
        Reply reply = closed.Ask("www.example.", RecordType.A, new QueryOptions { Edns = true });
        Assert.Equal(Rcode.Refused, reply.Rcode);
        Assert.Equal(ExtendedErrorCode.Prohibited, reply.ExtendedError);
    }

    [Fact]
    public void Zone_that_is_not_loaded_answers_servfail()
    {
        ServedZone empty = new() { Published = new Zones.Snapshots.PublishedZone(Protocol.Names.DomainName.Parse("empty.")) };
        using TestServer server = new(empty);
        Reply reply = server.Ask("empty.", RecordType.Soa, new QueryOptions { Edns = true });
        Assert.Equal(Rcode.ServFail, reply.Rcode);
        Assert.Equal(ExtendedErrorCode.NotReady, reply.ExtendedError);
    }

    [Fact, Rfc(5936, "4.2")]
    public void Axfr_over_udp_is_a_format_error() =>
        Assert.Equal(Rcode.FormErr, _server.Ask("example.", RecordType.Axfr).Rcode);

    [Fact, Rfc(4892, "2")]
    public void Chaos_names_tell_who_we_are_and_unset_ones_are_refused()
    {
        QueryOptions chaos = new() { Class = RecordClass.Ch };
        Assert.Equal(["version.bind. 0 TXT \"version text\""], _server.Ask("version.bind.", RecordType.Txt, chaos).Answer);
        Assert.Equal(["hostname.bind. 0 TXT \"host text\""], _server.Ask("hostname.bind.", RecordType.Txt, chaos).Answer);
        Assert.Equal(Rcode.Refused, _server.Ask("id.server.", RecordType.Txt, chaos).Rcode);
    }

    [Fact, Rfc(1996, "4.7")]
    public void Notify_for_a_primary_zone_is_acknowledged_and_for_another_name_is_notauth()
    {
        QueryOptions notify = new() { Opcode = Opcode.Notify };
        Reply ours = _server.Ask("example.", RecordType.Soa, notify);
        Assert.Equal(Rcode.NoError, ours.Rcode);
        Assert.True(ours.IsAuthoritative);
        Assert.Equal(Rcode.NotAuth, _server.Ask("elsewhere.", RecordType.Soa, notify).Rcode);
    }

    [Fact]
    public void Update_is_refused()
    {
        QueryOptions update = new() { Opcode = Opcode.Update };
        Assert.Equal(Rcode.Refused, _server.Ask("example.", RecordType.Soa, update).Rcode);
        Assert.Equal(Rcode.NotAuth, _server.Ask("elsewhere.", RecordType.Soa, update).Rcode);
    }

    [Fact]
    public void Blackholed_client_gets_no_reply()
    {
        ServingState open = _server.Published.Current;
        using TestServer silent = new(new ServingState { Views = open.Views, Blackhole = MatchList.Any });
        Assert.Empty(silent.Send(_server.Query("www.example.", RecordType.A)));
        Assert.Equal(1, silent.Counters.Dropped);
    }

    [Fact, Rfc(8482, "4.1")]
    public void Minimal_any_gives_one_set_and_any_otherwise_gives_all()
    {
        View small = new() { MinimalAny = true, Zones = new ZoneTable([TestZones.Serve("example.", Example)]) };
        using TestServer minimal = new(small);
        Assert.Single(minimal.Ask("example.", RecordType.Any).Answer);
        Assert.Equal(2, _server.Ask("example.", RecordType.Any).Answer.Length);
    }

    [Fact, Rfc(3225, "3")]
    public void Signatures_go_to_who_sets_do_and_to_nobody_else()
    {
        const string signature = "RRSIG {0} 13 2 3600 20300101000000 20200101000000 1 example. AAAA";
        string signed = Example
            + "\n@ " + string.Format(System.Globalization.CultureInfo.InvariantCulture, signature, "SOA")
            + "\n@ " + string.Format(System.Globalization.CultureInfo.InvariantCulture, signature, "NS")
            + "\nns1 " + string.Format(System.Globalization.CultureInfo.InvariantCulture, signature, "A") + "\n";
        using TestServer server = new(TestZones.Serve("example.", signed));
        Reply plain = server.Ask("example.", RecordType.Ns, new QueryOptions { Edns = true });
        Reply wanted = server.Ask("example.", RecordType.Ns, new QueryOptions { Edns = true, DnssecOk = true });
        Assert.Equal((1, 1), (plain.Answer.Length, plain.Additional.Length));
        Assert.Equal((2, 2), (wanted.Answer.Length, wanted.Additional.Length));
    }

    [Fact, Rfc(1034, "3.6.2")]
    public void Alias_that_comes_back_to_itself_is_servfail()
    {
        using TestServer server = new(TestZones.Serve("example.", Example + "\nloop1 CNAME loop2\nloop2 CNAME loop1\n"));
        Assert.Equal(Rcode.ServFail, server.Ask("loop1.example.", RecordType.A).Rcode);
    }
}

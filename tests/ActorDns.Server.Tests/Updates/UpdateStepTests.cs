using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Tests.Pipeline;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Updates;

/// <summary>Who gets an UPDATE to a zone's writer, and what the others are told.</summary>
public sealed class UpdateStepTests
{
    private const string Text = "@ SOA ns1 hostmaster 1 3600 600 86400 300\n@ NS ns1\nns1 A 192.0.2.1\n";

    private static readonly QueryOptions Unsigned = new() { Opcode = Opcode.Update, Edns = true };

    private static readonly QueryOptions Signed = Unsigned with { Key = TestServer.Key };

    private readonly RecordingWriters _writers = new();

    [Fact, Rfc(2136, "3.3")]
    public void Update_from_nobody_who_may_is_refused_and_reaches_no_writer()
    {
        using TestServer server = Server(zone => zone);
        Reply reply = server.Ask("example.", RecordType.Soa, Signed);
        Assert.Equal(Rcode.Refused, reply.Rcode);
        Assert.Equal(ExtendedErrorCode.Prohibited, reply.ExtendedError);
        Assert.Empty(_writers.Updates);
    }

    [Fact]
    public void Update_that_allow_update_lets_in_reaches_the_writer_with_key_and_message()
    {
        using TestServer server = Server(zone => With(zone, allowUpdate: MatchList.Any));
        byte[] message = server.Query("example.", RecordType.Soa, Signed);
        server.Send(message);
        Assert.Equal(message, Assert.Single(_writers.Updates).Message.ToArray());
        Assert.Equal(TestServer.Key.Name, _writers.Updates[0].Key);
        Assert.Equal(server.Client, _writers.Updates[0].Client);
    }

    [Fact]
    public void Update_policy_wants_a_signature_over_UDP()
    {
        using TestServer server = Server(zone => With(zone, hasPolicy: true));
        Assert.Equal(Rcode.Refused, server.Ask("example.", RecordType.Soa, Unsigned).Rcode);
        server.Send(server.Query("example.", RecordType.Soa, Signed));
        Assert.Single(_writers.Updates);
    }

    [Fact]
    public void Client_that_may_not_query_may_not_update_either()
    {
        using TestServer server = Server(zone => With(zone, allowUpdate: MatchList.Any, allowQuery: MatchList.None));
        Assert.Equal(Rcode.Refused, server.Ask("example.", RecordType.Soa, Signed).Rcode);
    }

    [Fact, Rfc(2136, "3.1.1")]
    public void Zone_section_must_ask_for_an_SOA()
    {
        using TestServer server = Server(zone => With(zone, allowUpdate: MatchList.Any));
        Assert.Equal(Rcode.FormErr, server.Ask("example.", RecordType.A, Signed).Rcode);
    }

    [Fact, Rfc(2136, "3.1.2")]
    public void Update_of_a_zone_that_is_not_ours_is_notauth()
    {
        using TestServer server = Server(zone => With(zone, allowUpdate: MatchList.Any));
        Assert.Equal(Rcode.NotAuth, server.Ask("www.example.", RecordType.Soa, Signed).Rcode);
        Assert.Equal(Rcode.NotAuth, server.Ask("elsewhere.", RecordType.Soa, Signed).Rcode);
        QueryOptions chaos = Signed with { Class = RecordClass.Ch };
        Assert.Equal(Rcode.NotAuth, server.Ask("example.", RecordType.Soa, chaos).Rcode);
    }

    [Theory, Rfc(2136, "2.2")]
    [InlineData("example.")]
    [InlineData("elsewhere.")]
    public void Reply_has_no_bit_but_response_opcode_and_rcode(string zone)
    {
        using TestServer server = Server(zone => zone);
        Reply reply = server.Ask(zone, RecordType.Soa, Signed with { Flags = 0x07F0 });
        Assert.Equal(0xA800, MessageHeader.Flags(reply.Message) & 0xFFF0);
    }

    [Fact]
    public void Secondary_asks_allow_update_forwarding_instead()
    {
        using TestServer refusing = Server(zone => With(zone, allowUpdate: MatchList.Any, role: ZoneRole.Secondary));
        Assert.Equal(Rcode.Refused, refusing.Ask("example.", RecordType.Soa, Signed).Rcode);
        using TestServer forwarding = Server(zone => With(zone, forwarding: MatchList.Any, role: ZoneRole.Secondary));
        forwarding.Send(forwarding.Query("example.", RecordType.Soa, Signed));
        Assert.Single(_writers.Updates);
    }

    private static ServedZone With(
        ServedZone zone,
        MatchList? allowUpdate = null,
        MatchList? forwarding = null,
        MatchList? allowQuery = null,
        bool hasPolicy = false,
        ZoneRole role = ZoneRole.Primary) => new()
    {
        Published = zone.Published,
        AllowQuery = allowQuery ?? MatchList.Any,
        AllowUpdate = allowUpdate ?? MatchList.None,
        AllowUpdateForwarding = forwarding ?? MatchList.None,
        HasUpdatePolicy = hasPolicy,
        Role = role,
    };

    private TestServer Server(Func<ServedZone, ServedZone> change) =>
        TestServer.WithWriters(_writers, change(TestZones.Serve("example.", Text)));
}

using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Tests.Pipeline;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Tests.Updates;

/// <summary>Whose NOTIFY a secondary's writer hears of, and what the sender is told.</summary>
public sealed class NotifyStepTests
{
    private const string Text = "@ SOA ns1 hostmaster 1 3600 600 86400 300\n@ NS ns1\nns1 A 192.0.2.1\n";

    private static readonly QueryOptions Notify = new() { Opcode = Opcode.Notify, Edns = true };

    private readonly RecordingWriters _writers = new();

    [Fact]
    public void Secondary_acknowledges_a_primary_and_tells_its_writer()
    {
        using TestServer server = Server(MatchList.Any);
        Reply reply = server.Ask("example.", RecordType.Soa, Notify);
        Assert.Equal((Rcode.NoError, true), (reply.Rcode, reply.IsAuthoritative));
        ReceivedNotify heard = Assert.Single(_writers.Notifies);
        Assert.Equal((server.Client, null, null), (heard.Sender, heard.Key, heard.Hint));
    }

    [Fact]
    public void Signed_notify_tells_its_key()
    {
        using TestServer server = Server(MatchList.Any);
        server.Ask("example.", RecordType.Soa, Notify with { Key = TestServer.Key });
        Assert.Equal(TestServer.Key.Name, Assert.Single(_writers.Notifies).Key);
    }

    [Fact, Rfc(1996, "3.7")]
    public void Soa_in_the_answer_section_is_passed_on_as_a_hint()
    {
        using TestServer server = Server(MatchList.Any);
        server.Send(NotifyWithSoa(77));
        Assert.Equal(new Serial(77), Assert.Single(_writers.Notifies).Hint);
    }

    [Fact, Rfc(1996, "3.10")]
    public void Stranger_is_refused_and_the_writer_hears_nothing()
    {
        using TestServer server = Server(MatchList.None);
        Reply reply = server.Ask("example.", RecordType.Soa, Notify);
        Assert.Equal((Rcode.Refused, ExtendedErrorCode.Prohibited), (reply.Rcode, reply.ExtendedError));
        Assert.Empty(_writers.Notifies);
    }

    [Fact, Rfc(1996, "3.6")]
    public void Notify_that_the_writer_has_no_room_for_gets_no_reply_and_is_counted()
    {
        using TestServer server = Server(MatchList.Any);
        _writers.IsFull = true;
        Assert.Empty(server.Send(server.Query("example.", RecordType.Soa, Notify)));
        Assert.Equal(1, server.Counters.Dropped);
    }

    [Fact]
    public void Notify_of_another_type_is_not_implemented()
    {
        using TestServer server = Server(MatchList.Any);
        Assert.Equal(Rcode.NotImp, server.Ask("example.", RecordType.A, Notify).Rcode);
    }

    private static byte[] NotifyWithSoa(uint serial)
    {
        byte[] buffer = new byte[512];
        MessageWriter writer = new(buffer, new CompressionTable(6, false));
        writer.SetHeader(1, (ushort)(Opcode.Notify.Value << 11));
        writer.TryWriteQuestion(DomainName.Parse("example.").Wire, RecordType.Soa, RecordClass.In);
        byte[] rdata = [0, 0, .. BitConverter.GetBytes(serial).Reverse(), .. new byte[16]];
        Assert.True(writer.TryWriteRecord(DomainName.Parse("example.").Wire, RecordType.Soa, RecordClass.In, 1, rdata));
        writer.AddToCount(1, 1);
        return buffer[..writer.Position];
    }

    private TestServer Server(MatchList sources) => TestServer.WithWriters(_writers, new ServedZone
    {
        Published = TestZones.Serve("example.", Text).Published,
        Role = ZoneRole.Secondary,
        NotifySources = sources,
    });
}

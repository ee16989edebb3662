using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Transfers;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Pipeline;

public sealed class TransferStepTests
{
    private const string Text = "$TTL 1h\n@ SOA ns1 hostmaster 7 2h 15m 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\n";

    [Fact]
    public void Version_that_is_given_up_under_a_request_is_not_the_clients_trouble()
    {
        ServedZone zone = TestZones.Serve("example.", Text, allowTransfer: MatchList.Any);
        ZoneSnapshot captured = zone.Published.Current!;
        ZoneSnapshot next = TestZones.Load("example.", Text.Replace(" 7 ", " 8 ", StringComparison.Ordinal));
        using RequestScratch scratch = Scratch(new SnapshotLeases(TimeProvider.System));
        Request request = Axfr(scratch, zone, captured);

        // The writer is faster than the request, which has read what is served and holds nothing yet.
        SnapshotReclaimer reclaimer = new(new ReaderEpochs());
        zone.Published.Publish(next);
        reclaimer.Retire(captured, next);
        reclaimer.Collect();

        Assert.Equal(StepResult.HandOff, TransferStep.Run(ref request));
        using TransferRequest transfer = scratch.Transfer!;
        Assert.Equal(next.Serial, transfer.Lease.Snapshot.Serial);
    }

    [Fact]
    public void Zone_that_is_taken_out_of_service_under_a_request_is_not_ready()
    {
        ServedZone zone = TestZones.Serve("example.", Text, allowTransfer: MatchList.Any);
        using RequestScratch scratch = Scratch(new SnapshotLeases(TimeProvider.System));
        Request request = Axfr(scratch, zone, zone.Published.Current!);
        zone.Published.Publish(null);
        Assert.Equal(StepResult.Reply, TransferStep.Run(ref request));
        Assert.Equal(Rcode.ServFail, request.Rcode);
    }

    private static RequestScratch Scratch(SnapshotLeases leases) =>
        new(new RequestEvents(NullLoggerFactory.Instance), new RequestCounters(), leases, writers: null);

    private static Request Axfr(RequestScratch scratch, ServedZone zone, ZoneSnapshot captured)
    {
        byte[] message = new byte[64];
        MessageWriter writer = new(message, new CompressionTable(6, false));
        writer.SetHeader(0x1234, 0);
        writer.TryWriteQuestion(DomainName.Parse("example.").Wire, RecordType.Axfr, RecordClass.In);
        message = message[..writer.Position];
        Assert.Equal(ParseError.None, MessageScan.TryScan(message, out MessageLayout layout));
        NetEndpoint client = new(NetAddress.FromIPv4(0x7F000001), 40000);
        return new Request
        {
            Message = message,
            Response = new byte[512],
            Scratch = scratch,
            Source = client,
            Local = client,
            Transport = AccessTransports.Tcp,
            Layout = layout,
            View = new View { Zones = new ZoneTable([zone]) },
            Zone = zone,
            Snapshot = captured,
        };
    }
}

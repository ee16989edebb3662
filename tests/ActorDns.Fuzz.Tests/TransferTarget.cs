using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Transfers;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Transfers;

namespace ActorDns.Fuzz.Tests;

/// <summary>Answers of a primary that come from anywhere: to AXFR, to IXFR, to the question for the SOA.</summary>
internal static class TransferTarget
{
    private const ushort Id = 4711;
    private static readonly DomainName Origin = DomainName.Parse("example.");

    /// <summary>Answers as they should be.</summary>
    public static byte[][] MakeSeeds()
    {
        AnswerStream whole = new() { Id = Id, ExpireSeconds = 3600 };
        AnswerStream differences = new() { Id = Id, Type = RecordType.Ixfr };
        AnswerStream soa = new() { Id = Id, Type = RecordType.Soa };
        string one = AnswerStream.Soa(1);
        string two = AnswerStream.Soa(2);
        return
        [
            whole.Message(two, "example. 60 NS ns1.example.", "ns1.example. 60 A 192.0.2.1", two),
            differences.Message(two, one, "www.example. 60 A 192.0.2.1", two, "www.example. 60 A 192.0.2.2", two),
            soa.Message(two),
        ];
    }

    /// <summary>Whatever comes, the reader stays in order, and what it gives is whole.</summary>
    public static void Read(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        if (message.Length > 1)
            (message[0], message[1]) = (Id >> 8, Id & 0xFF); // Else hardly any input would get further.
        SoaReply.TryRead(message, Id, Origin, out _);
        foreach (Serial? held in (Serial?[])[null, new Serial(1)])
        {
            using TransferReader reader = new(new TransferQuestion(Origin, Id, held), null);
            TransferStatus status = reader.Accept(message, 0);
            Assert.Equal(status, status == TransferStatus.More ? reader.Status : reader.Accept(message, 0));
            Assert.Equal(status == TransferStatus.Complete, reader.TryTakeResult(out TransferredZone? zone));
            if (zone?.Whole is { } snapshot)
            {
                Assert.Equal(zone.Serial, snapshot.Serial);
                SnapshotReclaimer.Discard(snapshot);
            }
        }
    }
}

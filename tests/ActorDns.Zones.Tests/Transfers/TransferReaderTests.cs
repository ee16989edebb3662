using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Testing.Transfers;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Transfers;

namespace ActorDns.Zones.Tests.Transfers;

/// <summary>Answers to AXFR and IXFR, true ones and false ones, without signatures.</summary>
public sealed class TransferReaderTests
{
    private const string Ns = "example. 3600 NS ns1.example.";
    private const string Glue = "ns1.example. 3600 A 192.0.2.1";
    private const string Www = "www.example. 3600 A 192.0.2.80";
    private const string Mail = "mail.example. 3600 A 192.0.2.25";
    private readonly AnswerStream _stream = new();

    [Fact, Rfc(5936, "2.2")]
    public void Whole_zone_ends_with_the_soa_it_began_with()
    {
        using TransferReader reader = Read(null, [Soa(7), Ns, Glue, Www, Soa(7)]);
        using ZoneHolder zone = WholeOf(reader);
        Assert.Equal((7u, 4L), (zone.Snapshot.Serial.Value, zone.Snapshot.RecordCount));
        Assert.Equal((1L, 5L), (reader.Messages, reader.Records));
        Assert.Equal(TransferKind.Whole, reader.Kind);
    }

    [Fact, Rfc(5936, "2.2")]
    public void Messages_of_one_record_each_make_the_same_zone()
    {
        using TransferReader reader = Read(null, [Soa(7)], [Ns], [Glue], [Www], [Soa(7)]);
        using ZoneHolder zone = WholeOf(reader);
        Assert.Equal(4, zone.Snapshot.RecordCount);
    }

    [Fact, Rfc(5936, "2.2.1")]
    public void Only_the_first_message_needs_the_question()
    {
        using TransferReader reader = new(new TransferQuestion(Origin, 4711, null), null);
        Assert.Equal(TransferStatus.More, reader.Accept(_stream.Message(Soa(7), Ns), 0));
        _stream.HasQuestion = false;
        Assert.Equal(TransferStatus.Complete, reader.Accept(_stream.Message(Glue, Soa(7)), 0));
        using TransferReader other = new(new TransferQuestion(Origin, 4711, null), null);
        Assert.Equal(TransferStatus.Failed, other.Accept(_stream.Message(Soa(7), Ns), 0));
    }

    [Fact, Rfc(5936, "6")]
    public void Nothing_can_be_had_of_a_transfer_that_has_not_come_whole()
    {
        using TransferReader reader = Read(null, [Soa(7), Ns, Glue, Www]);
        Assert.Equal(TransferStatus.More, reader.Status);
        Assert.False(reader.TryTakeResult(out _));
    }

    [Theory]
    [InlineData("the first record is not the SOA", Ns)]
    [InlineData("the first and the last SOA differ", "SOA 7", Ns, "SOA 8")]
    [InlineData("records follow the closing SOA", "SOA 7", Ns, "SOA 7", Www)]
    [InlineData("the records make no zone: NoNs", "SOA 7", Www, "SOA 7")]
    [InlineData("empty answer section")]
    [InlineData("www.example/CNAME: CnameConflict", "SOA 7", Ns, Www, "www.example. 60 CNAME example.", "SOA 7")]
    [InlineData("sub.example/SOA: SoaNotAtApex", "SOA 7", Ns, "sub.example. 60 SOA a. b. 7 1 1 1 1", "SOA 7")]
    public void Answer_that_is_no_zone_fails(string reason, params string[] records)
    {
        using TransferReader reader = Read(null, [.. records.Select(Expand)]);
        Assert.Equal((TransferStatus.Failed, reason), (reader.Status, reader.Failure));
        Assert.False(reader.TryTakeResult(out _));
    }

    [Fact]
    public void Records_outside_the_zone_are_left_out_and_counted()
    {
        using TransferReader reader = Read(null, [Soa(7), Ns, "www.other. 60 A 192.0.2.9", Soa(7)]);
        using ZoneHolder zone = WholeOf(reader);
        Assert.Equal((2L, 1L), (zone.Snapshot.RecordCount, reader.OutOfZoneCount));
    }

    [Fact]
    public void Duplicates_count_once_and_a_bound_on_records_holds()
    {
        TransferQuestion question = new(Origin, 4711, null) { MaxRecords = 3 };
        using TransferReader fits = new(question, null);
        Assert.Equal(TransferStatus.Complete, fits.Accept(_stream.Message(Soa(7), Ns, Glue, Glue, Soa(7)), 0));
        using TransferReader tooMany = new(question, null);
        Assert.Equal(TransferStatus.Failed, tooMany.Accept(_stream.Message(Soa(7), Ns, Glue, Www, Soa(7)), 0));
        Assert.Equal("more than 3 records (max-records)", tooMany.Failure);
    }

    [Fact]
    public void Header_or_question_of_another_answer_fails()
    {
        AssertFails("unexpected message ID", stream => stream.Id = 1);
        AssertFails("not a response to a query", stream => stream.Flags = MessageHeader.Authoritative);
        AssertFails("REFUSED", stream => stream.Flags |= 5);
        AssertFails("an answer to another question", stream => stream.Type = RecordType.Ixfr);
        AssertFails("no question", stream => stream.HasQuestion = false);

        void AssertFails(string reason, Action<AnswerStream> change)
        {
            AnswerStream liar = new();
            change(liar);
            using TransferReader reader = new(new TransferQuestion(Origin, 4711, null), null);
            Assert.Equal(TransferStatus.Failed, reader.Accept(liar.Message(Soa(7), Ns, Soa(7)), 0));
            Assert.Equal(reason, reader.Failure);
        }
    }

    [Fact]
    public void Rcode_in_a_later_message_fails_the_whole()
    {
        using TransferReader reader = Read(null, [Soa(7), Ns]);
        _stream.Flags |= 2;
        Assert.Equal(TransferStatus.Failed, reader.Accept(_stream.Message(Soa(7)), 0));
        Assert.Equal(Rcode.ServFail, reader.Refusal);
    }

    [Fact, Rfc(1995, "4")]
    public void Differences_are_told_by_their_second_soa()
    {
        using TransferReader reader = Read(5, [Soa(7), Soa(5), Www, Soa(6), Mail, Soa(6), Soa(7), Www, Soa(7)]);
        Assert.Equal(TransferKind.Differences, reader.Kind);
        Assert.True(reader.TryTakeResult(out TransferredZone? zone));
        Assert.Null(zone.Whole);
        Assert.Equal(
            [(5u, 6u, 1, 1), (6u, 7u, 0, 1)],
            zone.Changes.Select(change => (change.SerialFrom.Value, change.SerialTo.Value, change.RemovedCount, change.AddedCount)));
    }

    [Fact, Rfc(1995, "4")]
    public void Whole_zone_in_answer_to_ixfr_is_told_by_its_second_record()
    {
        using TransferReader reader = Read(5, [Soa(7)], [Ns, Soa(7)]);
        using ZoneHolder zone = WholeOf(reader);
        Assert.Equal(7u, zone.Snapshot.Serial.Value);
    }

    [Fact]
    public void New_serial_within_the_last_difference_does_not_end_the_transfer()
    {
        using TransferReader reader = Read(5, [Soa(7), Soa(5), Www, Soa(7)]);
        Assert.Equal(TransferStatus.More, reader.Status);
        Assert.Equal(TransferStatus.Complete, reader.Accept(_stream.Message(Mail, Soa(7)), 0));
        Assert.True(reader.TryTakeResult(out TransferredZone? zone));
        Assert.Equal((1, 1), (zone.Changes[0].RemovedCount, zone.Changes[0].AddedCount));
    }

    [Fact, Rfc(1995, "2")]
    public void Soa_alone_that_is_not_newer_says_that_we_are_up_to_date()
    {
        foreach (uint theirs in (uint[])[5, 4])
        {
            using TransferReader reader = Read(5, [Soa(theirs)]);
            Assert.Equal((TransferStatus.Complete, TransferKind.UpToDate), (reader.Status, reader.Kind));
            Assert.True(reader.TryTakeResult(out TransferredZone? zone));
            Assert.True(zone.IsUpToDate);
        }
    }

    [Fact, Rfc(1982, "3.2")]
    public void Serials_that_wrap_around_are_news()
    {
        using TransferReader reader =
            Read(uint.MaxValue, [Soa(1), Soa(uint.MaxValue), Soa(0), Www, Soa(0), Soa(1), Mail, Soa(1)]);
        Assert.Equal(TransferStatus.Complete, reader.Status);
        Assert.True(reader.TryTakeResult(out TransferredZone? zone));
        Assert.Equal([uint.MaxValue, 0u], zone.Changes.Select(change => change.SerialFrom.Value));
    }

    [Theory]
    [InlineData("a difference to serial 6 is followed by one from serial 7", "SOA 7", "SOA 5", "SOA 6", Www, "SOA 7")]
    [InlineData("a SOA below the apex", "SOA 7", "SOA 5", "sub.example. 60 SOA a. b. 7 1 1 1 1")]
    [InlineData("records follow the closing SOA", "SOA 7", "SOA 5", "SOA 7", Www, "SOA 7", Mail)]
    public void Differences_out_of_order_fail(string reason, params string[] records)
    {
        using TransferReader reader = Read(5, [.. records.Select(Expand)]);
        Assert.Equal((TransferStatus.Failed, reason), (reader.Status, reader.Failure));
    }

    [Fact, Rfc(7314, "3")]
    public void Expire_option_of_the_answer_is_kept()
    {
        _stream.ExpireSeconds = 86_400;
        using TransferReader reader = Read(null, [Soa(7), Ns, Soa(7)]);
        Assert.Equal(86_400u, reader.ExpireSeconds);
    }

    private static DomainName Origin { get; } = DomainName.Parse("example.");

    private static string Soa(uint serial) => AnswerStream.Soa(serial);

    private static string Expand(string line) => line.StartsWith("SOA ", StringComparison.Ordinal)
        ? Soa(uint.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture))
        : line;

    private static ZoneHolder WholeOf(TransferReader reader)
    {
        Assert.Equal(("", TransferStatus.Complete), (reader.Failure, reader.Status));
        Assert.True(reader.TryTakeResult(out TransferredZone? zone));
        return new ZoneHolder(zone.Whole!);
    }

    private TransferReader Read(uint? held, params string[][] messages)
    {
        Serial? serial = held is { } value ? new Serial(value) : null;
        _stream.Type = held is null ? RecordType.Axfr : RecordType.Ixfr;
        TransferReader reader = new(new TransferQuestion(Origin, 4711, serial), null);
        foreach (string[] message in messages)
            reader.Accept(_stream.Message(message), 0);
        return reader;
    }

    private sealed class ZoneHolder(ZoneSnapshot snapshot) : IDisposable
    {
        public ZoneSnapshot Snapshot { get; } = snapshot;

        public void Dispose() => SnapshotReclaimer.Discard(Snapshot);
    }
}

using System.Globalization;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Ports;
using ActorDns.Server.Tests.Pipeline;
using ActorDns.Server.Transfers;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Transfers;

/// <summary>What an IXFR client gets: differences from the snapshot's history or the journal, or the whole zone.</summary>
public sealed class IxfrTests : IDisposable
{
    private const string Text = "$TTL 1h\n@ SOA ns1 hostmaster 10 2h 15m 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\n";

    private static readonly byte[] Origin = DomainName.Parse("example.").Wire.ToArray();

    private readonly ManualClock _clock = new();
    private readonly SnapshotLeases _leases;
    private readonly ServedZone _zone = TestZones.Serve("example.", Text);
    private readonly JournalOf _journal = new();

    public IxfrTests() => _leases = new SnapshotLeases(_clock);

    private ZoneSnapshot Current => _zone.Published.Current!;

    [Fact, Rfc(1995, "4")]
    public void Differences_stand_between_two_copies_of_the_new_SOA()
    {
        using TransferRequest request = Request(8, _zone);
        request.Changes = [Change(8, 9, added: 1), Change(9, 10, removed: 1)];
        Assert.Equal(
            [Soa(10), Soa(8), Soa(9), Host(0), Soa(9), Host(0), Soa(10), Soa(10)],
            Records(request, ushort.MaxValue));
    }

    [Fact, Rfc(1995, "6")]
    public async Task Several_changes_are_sent_as_one_when_that_is_shorter()
    {
        Carry(Change(8, 9, added: 3), Change(9, 10, removed: 3, added: 1));
        Assert.Equal([Soa(10), Soa(8), Soa(10), Host(0), Soa(10)], await AnswerAsync(8));
    }

    [Fact]
    public async Task Changes_that_the_snapshot_does_not_carry_come_from_the_journal()
    {
        Carry(Change(9, 10, added: 1));
        _journal.Changes = [Change(5, 9, added: 2), Change(9, 10, added: 1, from: 2)];
        Assert.Equal([Soa(10), Soa(5), Soa(10), Host(0), Host(1), Host(2), Soa(10)], await AnswerAsync(5));
        Assert.Equal((new Serial(5), new Serial(10)), _journal.Asked);
    }

    [Fact, Rfc(1995, "2")]
    public async Task Client_whose_version_is_gone_gets_the_whole_zone()
    {
        Carry(Change(9, 10, added: 1));
        string[] records = await AnswerAsync(3);
        Assert.Equal(Current.RecordCount + 1, records.Length);
        Assert.Equal((Soa(10), Soa(10)), (records[0], records[^1]));
    }

    [Fact]
    public async Task Provide_ixfr_no_gives_the_whole_zone()
    {
        Carry(Change(9, 10, added: 1));
        Assert.Null(await FindAsync(9, providesIxfr: false));
    }

    [Theory]
    [InlineData(100, true)] // Three records are no more than the zone's three.
    [InlineData(99, false)]
    public async Task Difference_above_max_ixfr_ratio_gives_the_whole_zone(int percent, bool isIncremental)
    {
        Carry(Change(9, 10, added: 1));
        IReadOnlyList<ZoneChange>? changes = await FindAsync(
            9, zone => new ServedZone { Published = zone.Published, MaxIxfrRatioPercent = percent });
        Assert.Equal(isIncremental, changes is not null);
    }

    [Fact]
    public async Task Long_difference_takes_several_messages_and_loses_nothing()
    {
        Carry(Change(9, 10, added: 3_000));
        string[] records = await AnswerAsync(9, messageBytes: 4_096);
        Assert.Equal(3_004, records.Length);
        Assert.Equal(3_002, records.Distinct().Count());
    }

    public void Dispose() => Assert.Equal(0, _leases.Count);

    private static string Soa(uint serial) =>
        string.Create(CultureInfo.InvariantCulture, $"example. 3600 SOA ns1.example. hostmaster.example. {serial} 7200 900 1209600 300");

    private static string Host(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"h{number}.example. 60 A 10.0.{number / 256}.{number % 256}");

    private ZoneChange Change(uint serialFrom, uint serialTo, int removed = 0, int added = 0, int from = 0)
    {
        ZoneChangeBuilder builder = new();
        builder.SetOldSoa(Origin, 3600, SoaRdata(serialFrom));
        builder.SetNewSoa(Origin, 3600, SoaRdata(serialTo));
        for (int i = from; i < from + removed; i++)
            builder.Remove(Owner(i), RecordType.A, 60, [10, 0, (byte)(i / 256), (byte)i]);
        for (int i = from; i < from + added; i++)
            builder.Add(Owner(i), RecordType.A, 60, [10, 0, (byte)(i / 256), (byte)i]);
        return builder.Build();
    }

    private static byte[] Owner(int number) => DomainName.Parse($"h{number}.example.").Wire.ToArray();

    private byte[] SoaRdata(uint serial)
    {
        byte[] rdata = Current.Soa.First.ToArray();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(rdata.AsSpan(rdata.Length - 20), serial);
        return rdata;
    }

    private void Carry(params ZoneChange[] changes)
    {
        foreach (ZoneChange change in changes)
            Current.History = ChangeHistory.Append(Current.History, change);
    }

    private async Task<IReadOnlyList<ZoneChange>?> FindAsync(
        uint serial, Func<ServedZone, ServedZone>? with = null, bool providesIxfr = true)
    {
        using TransferRequest request = Request(serial, with?.Invoke(_zone) ?? _zone, providesIxfr);
        return await new IxfrPlanner(_journal, new TransferLog(NullLoggerFactory.Instance))
            .FindAsync(request, new Serial(serial), TestContext.Current.CancellationToken);
    }

    private async Task<string[]> AnswerAsync(uint serial, int messageBytes = ushort.MaxValue)
    {
        using TransferRequest request = Request(serial, _zone);
        request.Changes = await FindAsync(serial);
        return Records(request, messageBytes);
    }

    private static string[] Records(TransferRequest request, int messageBytes)
    {
        TransferStream stream = new(request, messageBytes);
        List<string> records = [];
        while (!stream.IsDone)
        {
            Assert.True(stream.TryMakeNext(0, out ReadOnlyMemory<byte> framed));
            records.AddRange(new Reply(framed[2..].ToArray()).Answer);
        }

        return [.. records];
    }

    private TransferRequest Request(uint serial, ServedZone zone, bool providesIxfr = true)
    {
        Assert.True(_leases.TryAcquire(Current, "test", out SnapshotLease? lease));
        return new TransferRequest
        {
            Id = 1,
            Flags = MessageHeader.Response | MessageHeader.Authoritative,
            QuestionName = Origin,
            Type = RecordType.Ixfr,
            ClientSerial = new Serial(serial),
            Zone = zone,
            Lease = lease,
            ProvidesIxfr = providesIxfr,
            Client = new FakeConnection().Source,
        };
    }

    private sealed class JournalOf : IChangeHistory
    {
        public IReadOnlyList<ZoneChange>? Changes { get; set; }

        public (Serial From, Serial To) Asked { get; private set; }

        public ValueTask<IReadOnlyList<ZoneChange>?> ReadAsync(ServedZone zone, Serial from, Serial to, CancellationToken ct)
        {
            Asked = (from, to);
            return new(Changes);
        }

        public void Given(ServedZone zone, NetEndpoint client, Serial serial, TimeSpan expire) =>
            throw new InvalidOperationException("the planner gives nothing");
    }
}

using System.Globalization;
using System.Text;
using ActorDns.Kernel;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Tests.Pipeline;
using ActorDns.Server.Transfers;
using ActorDns.Server.Views;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Transfers;

public sealed class TransferTests : IAsyncDisposable
{
    private readonly ManualClock _clock = new();
    private readonly ActorSystem _system;
    private readonly SnapshotLeases _leases;
    private readonly GivenSerials _given = new();

    public TransferTests()
    {
        _system = new ActorSystem("test", _clock);
        _leases = new SnapshotLeases(_clock);
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    [Fact, Rfc(5936, "2.2")]
    public void Stream_begins_and_ends_with_the_same_soa_and_has_every_other_record_once()
    {
        TransferRequest request = Request(Zone(2000));
        (List<byte[]> messages, List<string> records) = Run(request, 16384);
        Assert.True(messages.Count > 1);
        Assert.Equal(records[0], records[^1]);
        Assert.Contains(" SOA ", records[0], StringComparison.Ordinal);
        Assert.Equal(records.Count - 1, records.Distinct().Count());
        Assert.Equal(request.Lease.Snapshot.RecordCount + 1, records.Count);
    }

    [Fact, Rfc(5936, "2.2.1")]
    public void Every_message_has_the_id_and_aa_and_only_the_first_the_question()
    {
        (List<byte[]> messages, _) = Run(Request(Zone(2000)), 16384);
        Assert.All(messages, message => Assert.Equal(0x4242, MessageHeader.Id(message)));
        Assert.All(messages, message => Assert.NotEqual(0, MessageHeader.Flags(message) & MessageHeader.Authoritative));
        Assert.Equal(1, MessageHeader.Count(messages[0], 0));
        Assert.All(messages.Skip(1), message => Assert.Equal(0, MessageHeader.Count(message, 0)));
    }

    [Fact]
    public void Every_message_to_a_client_with_edns_has_the_opt_record_within_the_message_size()
    {
        byte[] opt = [0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0];
        Assert.All(Run(Request(Zone(2000)), 8192).Messages, message => Assert.Equal(0, MessageHeader.Count(message, 3)));
        (List<byte[]> messages, _) = Run(Request(Zone(2000), opt: opt), 8192);
        Assert.True(messages.Count > 2);
        Assert.All(messages, message =>
        {
            Assert.Equal(1, MessageHeader.Count(message, 3));
            Assert.Equal(opt, message[^opt.Length..]);
            Assert.InRange(message.Length, 1, 8192);
        });
    }

    [Fact, Rfc(5936, "3.5")]
    public void Names_below_a_cut_and_below_a_dname_are_sent_with_the_rest()
    {
        (_, List<string> records) = Run(
            Request(Zone(1, "cut NS ns.cut\nns.cut A 192.0.2.7\nx.cut TXT hidden\nalias DNAME h0\nx.alias TXT hidden")), 16384);
        Assert.Contains("ns.cut.example. 3600 A 192.0.2.7", records);
        Assert.Contains("x.cut.example. 3600 TXT \"hidden\"", records);
        Assert.Contains("x.alias.example. 3600 TXT \"hidden\"", records);
    }

    [Fact]
    public void Message_size_is_obeyed()
    {
        (List<byte[]> messages, _) = Run(Request(Zone(2000)), 8192);
        Assert.All(messages, message => Assert.InRange(message.Length, 1, 8192));
    }

    [Fact]
    public void Record_larger_than_the_message_size_gets_a_message_of_its_own()
    {
        string strings = string.Join(' ', Enumerable.Repeat($"\"{new string('x', 250)}\"", 100));
        (List<byte[]> messages, List<string> records) = Run(Request(Zone(10, $"big TXT {strings}")), 4096);
        Assert.Contains(messages, message => message.Length > 25_000);
        Assert.Contains(records, record => record.StartsWith("big.example.", StringComparison.Ordinal));
    }

    [Fact, Rfc(8945, "5.3.1")]
    public void Every_message_of_a_signed_transfer_verifies_in_order()
    {
        byte[] query = new byte[512];
        MessageWriter writer = new(query, new CompressionTable(6, false));
        writer.SetHeader(0x4242, 0);
        writer.TryWriteQuestion(DomainName.Parse("example.").Wire, RecordType.Axfr, RecordClass.In);
        long now = _clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.True(TsigSigner.SignRequest(query, writer.Position, TestServer.Key, now, out int length, out TsigContext client));
        Assert.Equal(
            TsigOutcome.Verified,
            TsigVerifier.VerifyRequest(query.AsSpan(0, length), now, new SingleTsigKey(TestServer.Key), out TsigContext server));

        (List<byte[]> messages, _) = Run(Request(Zone(2000), server), 16384);
        TsigStreamVerifier verifier = new(client);
        foreach (byte[] message in messages)
        {
            Assert.Equal(ParseError.None, MessageScan.TryScan(message, out MessageLayout layout));
            Assert.True(layout.TsigOffset > 0);
            Assert.Equal(TsigReplyOutcome.Verified, verifier.Accept(message, now).Outcome);
        }

        Assert.True(verifier.IsCovered);
    }

    [Fact]
    public async Task Session_sends_all_and_gives_its_lease_back()
    {
        ActorRef<TransferCommand> manager = Manager(1);
        FakeConnection connection = new();
        Assert.True(await Begin(manager, connection, out Task ended));
        await ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.NotEmpty(connection.Sent);
        Assert.True(connection.IsOpen);
        Assert.Equal(0, _leases.Count);
    }

    [Fact]
    public async Task Transfer_beyond_the_quota_is_not_accepted_and_keeps_no_lease()
    {
        ActorRef<TransferCommand> manager = Manager(1);
        FakeConnection slow = new() { Blocks = true };
        Assert.True(await Begin(manager, slow, out _));
        await slow.Blocked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(await Begin(manager, new FakeConnection(), out _));
        Assert.Equal(1, _leases.Count);
        IReadOnlyList<TransferInfo> running = await manager.AskAsync<IReadOnlyList<TransferInfo>>(
            reply => new TransferCommand.List(reply), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("example/IN", Assert.Single(running).Zone);
        slow.Abort();
    }

    [Fact]
    public async Task Transfer_that_a_client_leaves_ends_and_gives_its_lease_back()
    {
        ActorRef<TransferCommand> manager = Manager(1);
        FakeConnection slow = new() { Blocks = true };
        Assert.True(await Begin(manager, slow, out Task ended));
        await slow.Blocked.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        slow.Abort();
        await ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(0, _leases.Count);
        Assert.Empty(_given.All);
    }

    [Fact]
    public async Task Client_that_got_the_whole_zone_is_noted_with_its_serial_and_how_long_it_may_keep_it()
    {
        FakeConnection connection = new();
        Assert.True(await Begin(Manager(1), connection, out Task ended));
        await ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal([(connection.Source.ToString(), 7u, TimeSpan.FromDays(14))], _given.All);
    }

    [Fact]
    public void One_answer_sends_each_record_in_a_message_of_its_own()
    {
        ServedZone zone = Zone(5);
        (List<byte[]> messages, List<string> records) = Run(Request(zone, isOneAnswer: true), 16384);
        (_, List<string> together) = Run(Request(zone), 16384);
        Assert.Equal(records.Count, messages.Count);
        Assert.Equal(together, records);
    }

    private ActorRef<TransferCommand> Manager(int maxSessions) => _system.Spawn("transfers", () => new TransferManager(
        new TransferSettings { MaxSessions = maxSessions }, _given, new TransferLog(NullLoggerFactory.Instance)));

    private Task<bool> Begin(ActorRef<TransferCommand> manager, FakeConnection connection, out Task ended)
    {
        TransferRequest request = Request(Zone(100));
        request.Connection = connection;
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ended = source.Task;
        return manager.AskAsync<bool>(
            reply => new TransferCommand.Begin(request, source, reply), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private (List<byte[]> Messages, List<string> Records) Run(TransferRequest request, int messageBytes)
    {
        TransferStream stream = new(request, messageBytes);
        List<byte[]> messages = [];
        List<string> records = [];
        while (!stream.IsDone)
        {
            Assert.True(stream.TryMakeNext(_clock.GetUtcNow().ToUnixTimeSeconds(), out ReadOnlyMemory<byte> framed));
            byte[] message = framed[2..].ToArray();
            messages.Add(message);
            records.AddRange(new Reply(message).Answer);
        }

        Assert.Equal(records.Count, stream.Records);
        Assert.Equal(messages.Count, stream.Messages);
        return (messages, records);
    }

    private TransferRequest Request(ServedZone zone, TsigContext tsig = default, bool isOneAnswer = false, byte[]? opt = null)
    {
        Assert.True(_leases.TryAcquire(zone.Published.Current!, "test", out SnapshotLease? lease));
        return new TransferRequest
        {
            Id = 0x4242,
            Flags = MessageHeader.Response | MessageHeader.Authoritative,
            QuestionName = zone.Origin.Wire.ToArray(),
            Type = RecordType.Axfr,
            Zone = zone,
            Lease = lease,
            Tsig = tsig,
            IsSigned = tsig.Outcome == TsigOutcome.Verified,
            Client = new FakeConnection().Source,
            IsOneAnswer = isOneAnswer,
            Opt = opt,
        };
    }

    private static ServedZone Zone(int hosts, string more = "")
    {
        StringBuilder text = new("$TTL 1h\n@ SOA ns1 hostmaster 7 2h 15m 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\n");
        for (int i = 0; i < hosts; i++)
            text.Append(CultureInfo.InvariantCulture, $"h{i} A 10.0.{i / 256}.{i % 256}\nh{i} MX 10 ns1\n");
        return TestZones.Serve("example.", text.Append(more).Append('\n').ToString());
    }
}

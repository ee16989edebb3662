using System.Buffers.Binary;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

public sealed class UpdateBatchTests
{
    private const int ManyRecords = 10_000;

    private static readonly byte[] One = ZoneSamples.Address(1);

    [Fact, Rfc(2136, "3.7")]
    public void Later_update_sees_the_earlier_one()
    {
        using UpdateHarness harness = new(ChangeSamples.Zone());
        UpdateWriter first = new UpdateWriter().Prerequisite(RecordClass.None, "a.example.", RecordType.Any).Add("a.example.", RecordType.A, One);
        Assert.Equal(Rcode.NoError, harness.Run(first).Rcode);
        Assert.Equal(Rcode.YxDomain, harness.Run(first).Rcode);
        Assert.Equal(new Serial(3), harness.Run(new UpdateWriter().RemoveAll("a.example.")).Change?.SerialTo);
        Assert.Equal(new Serial(4), harness.Run(first).Change?.SerialTo);
    }

    [Fact, Rfc(2136, "3.7")]
    public void Update_that_fails_late_leaves_no_trace()
    {
        using UpdateHarness harness = new(ChangeSamples.Zone(), UpdateHarness.Open with { MaxRecordsPerType = 2 });
        Assert.Equal(Rcode.NoError, harness.Run(Addresses("a.example.", 1, 2)).Rcode);
        List<string> before = harness.Records();
        UpdateResult result = harness.Run(Addresses("b.example.", 1, 2, 3));
        Assert.Equal(Rcode.ServFail, result.Rcode);
        Assert.Equal(
            "update failed: b.example/A: records exceed max-records-per-type (2) (SERVFAIL)", result.Failure?.Text);
        Assert.Equal(before, harness.Records());
        Assert.Equal(Rcode.NoError, harness.Run(Addresses("b.example.", 1, 2)).Rcode);
    }

    [Fact]
    public void Zone_at_its_limit_takes_no_more_records_but_gives_some_up()
    {
        using UpdateHarness harness = new(ChangeSamples.Zone(("a.example.", 1)), UpdateHarness.Open with { MaxRecords = 1 });
        UpdateResult result = harness.Run(Addresses("b.example.", 1));
        Assert.Equal("records in zone (4) exceeds max-records (1)", result.Failure?.Text);
        Assert.NotNull(harness.Run(new UpdateWriter().RemoveAll("a.example.")).Change);
    }

    [Fact]
    public void Name_at_its_limit_takes_no_more_types()
    {
        using UpdateHarness harness = new(ChangeSamples.Zone(("a.example.", 1)), UpdateHarness.Open with { MaxTypesPerName = 1 });
        Assert.Equal(Rcode.NoError, harness.Run(Addresses("a.example.", 2)).Rcode);
        UpdateResult result = harness.Run(new UpdateWriter().Add("a.example.", RecordType.Txt, UpdateWriter.Text("x")));
        Assert.Equal("update failed: a.example/TXT: types exceed max-types-per-name (1) (SERVFAIL)", result.Failure?.Text);
        Assert.Equal(Rcode.NoError, harness.Run(new UpdateWriter()
            .RemoveAll("a.example.").Add("a.example.", RecordType.Txt, UpdateWriter.Text("x"))).Rcode);
    }

    [Fact]
    public void Long_ttl_is_cut_to_the_limit()
    {
        using UpdateHarness harness = new(ChangeSamples.Zone(), UpdateHarness.Open with { MaxTtlSeconds = 30 });
        UpdateResult result = harness.Run(Addresses("a.example.", 1));
        Assert.Equal("reducing TTL to the configured max-zone-ttl 30", Assert.Single(result.Notes).Text);
        Assert.Contains("+a.example. 30 IN A 0.0.0.1", result.Change?.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Serial_follows_its_method()
    {
        using UpdateHarness harness = new(ChangeSamples.Zone(), UpdateHarness.Open with { SerialMethod = SerialMethod.Date });
        harness.Change(Addresses("a.example.", 1));
        harness.Change(Addresses("b.example.", 1));
        Assert.Equal(new Serial(2026051701), harness.Zone.Serial);
    }

    [Fact]
    public void Thousands_of_names_in_one_message_are_loaded_once_each()
    {
        UpdateWriter update = new();
        for (int number = 0; number < ManyRecords; number++)
            update.Add($"h{number}.example.", RecordType.A, One);
        Assert.InRange(NamesOpened(update, out ZoneSnapshot zone), 1, ManyRecords + 2);
        Assert.Equal(ManyRecords + 2, zone.RecordCount);
    }

    [Fact]
    public void Thousands_of_records_that_go_to_and_fro_between_names_load_each_name_once()
    {
        UpdateWriter update = new();
        byte[] rdata = new byte[4];
        for (int number = 0; number < ManyRecords; number++)
        {
            BinaryPrimitives.WriteInt32BigEndian(rdata, number);
            update.Add(number % 2 == 0 ? "a.example." : "b.example.", RecordType.A, [.. rdata]);
        }

        Assert.InRange(NamesOpened(update, out ZoneSnapshot zone), 1, 4);
        Assert.Equal(ManyRecords + 2, zone.RecordCount);
    }

    // Counts what the editor loads for an update: with names loaded once each, the work is that of the records.
    private static long NamesOpened(UpdateWriter update, out ZoneSnapshot zone)
    {
        ZoneSnapshot start = ChangeSamples.Zone();
        UpdateSettings settings = UpdateHarness.Open with { MaxRecordsPerType = 0 };
        UpdateBatch batch = new(start, settings, UpdateHarness.Now);
        UpdateResult result = batch.Evaluate(update.Request());
        Assert.Equal(ManyRecords, result.Change?.AddedCount);
        zone = batch.Current;
        using SnapshotEditor editor = new(start = ChangeSamples.Zone());
        UpdateApplication application = new(editor, settings, null);
        Assert.Null(application.Apply(update.Message().Updates));
        return editor.NamesLoaded;
    }

    private static UpdateWriter Addresses(string owner, params uint[] numbers)
    {
        UpdateWriter update = new();
        foreach (uint number in numbers)
            update.Add(owner, RecordType.A, ZoneSamples.Address(number));
        return update;
    }
}

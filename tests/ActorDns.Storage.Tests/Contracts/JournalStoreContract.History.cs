using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Tests.Contracts;

public abstract partial class JournalStoreContract
{
    protected async Task<long> StageAsync(long zone, long version, uint serial, params byte[][] chunks) =>
        Done(await Store.Checkpoints.StageAsync(
            zone, version, new Serial(serial), Identity.Epoch, chunks.Select(chunk => new ReadOnlyMemory<byte>(chunk)), Stop));

    [Fact]
    public async Task Entries_are_read_in_pages_that_end_at_either_limit()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [.. Enumerable.Range(1, 10).Select(serial => Sample.Entry((uint)serial, wireBytes: 100))]));

        IReadOnlyList<StoredEntry> byCount = Done(await Store.Journal.ReadAfterAsync(zone, 3, 4, long.MaxValue, Stop));
        IReadOnlyList<StoredEntry> byBytes = Done(await Store.Journal.ReadAfterAsync(zone, 3, 100, 250, Stop));
        IReadOnlyList<StoredEntry> atHead = Done(await Store.Journal.ReadAfterAsync(zone, 10, 100, 250, Stop));

        Assert.Equal([4L, 5L, 6L, 7L], byCount.Select(entry => entry.Version));
        Assert.Equal([4L, 5L, 6L], byBytes.Select(entry => entry.Version));
        Assert.Empty(atHead);
        Assert.Equal(StoreStatus.NotFound, (await Store.Journal.ReadAfterAsync(zone + 1, 0, 1, 1, Stop)).Status);
    }

    [Fact]
    public async Task Changes_are_read_as_the_entries_are()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [.. Enumerable.Range(1, 10).Select(serial => Sample.Entry((uint)serial, wireBytes: 100))]));

        IReadOnlyList<StoredEntry> entries = Done(await Store.Journal.ReadAfterAsync(zone, 2, 100, 450, Stop));
        IReadOnlyList<StoredChange> changes = Done(await Store.Journal.ReadChangesAfterAsync(zone, 2, 100, 450, Stop));

        Assert.Equal(5, changes.Count);
        Assert.Equal(entries.Select(Told), changes.Select(Told));
        Assert.Empty(Done(await Store.Journal.ReadChangesAfterAsync(zone, 10, 100, 450, Stop)));
        Assert.Equal(StoreStatus.NotFound, (await Store.Journal.ReadChangesAfterAsync(zone + 1, 0, 1, 1, Stop)).Status);

        static string Told(object stored) => stored switch
        {
            StoredEntry { Entry: var entry } at => $"{at.ZoneId} {at.Version} {at.CommitId} {entry.SerialTo} {Convert.ToHexString(entry.Wire.Span)}",
            StoredChange at => $"{at.ZoneId} {at.Version} {at.CommitId} {at.SerialTo} {Convert.ToHexString(at.Wire.Span)}",
            _ => "",
        };
    }

    [Fact]
    public async Task Version_of_a_serial_is_where_differences_start_even_past_the_wrap_around()
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(
            zone, 0, [Sample.Entry(uint.MaxValue - 1), Sample.Entry(uint.MaxValue), Sample.Entry(1), Sample.Entry(2)]));

        Assert.Equal(0, Done(await Store.Journal.FindVersionAsync(zone, new Serial(uint.MaxValue - 1), Stop)));
        Assert.Equal(2, Done(await Store.Journal.FindVersionAsync(zone, new Serial(1), Stop)));
        Assert.Equal(4, Done(await Store.Journal.FindVersionAsync(zone, new Serial(3), Stop)));
        Assert.Equal(StoreStatus.NotFound, (await Store.Journal.FindVersionAsync(zone, new Serial(4), Stop)).Status);
    }

    [Fact]
    public async Task Baseline_ends_the_differences_and_starts_replay()
    {
        long zone = await AddZoneAsync();
        await AppendLineAsync(zone, 2);
        long checkpoint = await StageAsync(zone, 3, 50, [1, 2, 3], [4]);
        Assert.Equal(StoreStatus.NotFound, (await Store.Checkpoints.LatestAsync(zone, Stop)).Status);

        ZoneOutcome outcome = (await AppendAsync(new ZoneAppend(zone, 2, [Sample.Baseline(50)])
        {
            Checkpoint = checkpoint,
            Import = new ImportedFile(new byte[] { 1, 2 }, new Serial(49)),
        }))[0];
        await AppendAsync(new ZoneAppend(zone, 3, [Sample.Entry(50)]));

        Assert.Equal((ZoneOutcomeStatus.Won, 3L), (outcome.Status, outcome.Head.Version));
        Assert.Equal(StoreStatus.NotFound, (await Store.Journal.FindVersionAsync(zone, new Serial(2), Stop)).Status);
        Assert.Equal(3, Done(await Store.Journal.FindVersionAsync(zone, new Serial(50), Stop)));
        CheckpointHeader latest = Done(await Store.Checkpoints.LatestAsync(zone, Stop));
        Assert.Equal((3L, 50u, Identity.Epoch, 2), (latest.Version, latest.Serial.Value, latest.Epoch, latest.ChunkCount));
        Assert.Equal([1, 2, 3], Done(await Store.Checkpoints.ReadChunkAsync(latest.Id, 0, Stop)).ToArray());
        Assert.Equal([4], Done(await Store.Checkpoints.ReadChunkAsync(latest.Id, 1, Stop)).ToArray());
        ImportedFile import = Done(await Store.Zones.FindAsync(zone, Stop)).Import!;
        Assert.Equal((new Serial(49), 2), (import.Serial, import.Hash.Length));
        Assert.True((await ReadAllAsync(zone))[2].Entry.IsBaseline);
    }

    [Fact]
    public async Task Baseline_whose_checkpoint_does_not_fit_writes_nothing()
    {
        long zone = await AddZoneAsync("one.example.");
        long other = await AddZoneAsync("two.example.");
        long[] unfit = [await StageAsync(zone, 2, 50, [1]), await StageAsync(zone, 1, 51, [1]), await StageAsync(other, 1, 50, [1]), 999_999];

        foreach (long checkpoint in unfit)
        {
            ZoneOutcome outcome = (await AppendAsync(new ZoneAppend(zone, 0, [Sample.Baseline(50)]) { Checkpoint = checkpoint }))[0];
            Assert.Equal((ZoneOutcomeStatus.NotStaged, 0L), (outcome.Status, outcome.Head.Version));
        }

        Assert.Empty(await ReadAllAsync(zone));
    }

    [Fact]
    public async Task Checkpoint_completed_replaces_the_older_ones_of_its_zone()
    {
        long zone = await AddZoneAsync("one.example.");
        long other = await AddZoneAsync("two.example.");
        await AppendLineAsync(zone, 3);
        long first = await StageAsync(zone, 1, 2, [1]);
        long second = await StageAsync(zone, 3, 4, [2]);
        long elsewhere = await StageAsync(other, 0, 0, [3]);
        long ahead = await StageAsync(zone, 4, 5, [4]);
        foreach (long checkpoint in (long[])[first, elsewhere, second])
            Done(await Store.Checkpoints.CompleteAsync(checkpoint, Stop));

        Assert.Equal(second, Done(await Store.Checkpoints.LatestAsync(zone, Stop)).Id);
        Assert.Equal(StoreStatus.NotFound, (await Store.Checkpoints.ReadChunkAsync(first, 0, Stop)).Status);
        Assert.Equal(StoreStatus.NotFound, (await Store.Checkpoints.CompleteAsync(ahead, Stop)).Status);
        Assert.Equal([3], Done(await Store.Checkpoints.ReadChunkAsync(elsewhere, 0, Stop)).ToArray());
        Assert.Equal("3", await SqlAsync("SELECT count(*) FROM checkpoint"));
    }

    [Fact]
    public async Task Chunk_that_was_altered_is_called_corrupt()
    {
        long zone = await AddZoneAsync();
        long checkpoint = await StageAsync(zone, 0, 0, [1, 2, 3]);
        await SqlAsync("UPDATE checkpoint_chunk SET content = sha256");

        Assert.Equal(StoreStatus.Corrupt, (await Store.Checkpoints.ReadChunkAsync(checkpoint, 0, Stop)).Status);
    }

    [Fact]
    public async Task Search_gives_the_newest_that_match_every_condition()
    {
        long one = await AddZoneAsync("one.example.");
        long two = await AddZoneAsync("two.example.");
        await AppendAsync(
            new ZoneAppend(one, 0,
            [
                Sample.Entry(1) with { Text = "-www.example. 300 IN A 192.0.2.1\n+www.example. 300 IN A 192.0.2.2\n", KeyName = null },
                Sample.Entry(2) with { Text = "+a.www.example. 300 IN A 192.0.2.1\n", Origin = ChangeOrigin.Reload },
                Sample.Entry(3) with { Text = "+mail.example. 300 IN A 192.0.2.1\n-WWW.Example. 300 IN A 192.0.2.2\n" },
            ]),
            new ZoneAppend(two, 0, [Sample.Entry(10) with { Text = "+x.example. 300 IN CNAME www.example. \n", KeyName = "other." }]));

        await ExpectAsync(new JournalFilter(), 10, 3, 2, 1);
        await ExpectAsync(new JournalFilter { LimitEntries = 2 }, 10, 3);
        await ExpectAsync(new JournalFilter { ZoneId = one }, 3, 2, 1);
        await ExpectAsync(new JournalFilter { Owner = DomainName.Parse("wWw.example.") }, 3, 1);
        await ExpectAsync(new JournalFilter { KeyName = "Terraform." }, 3, 2);
        await ExpectAsync(new JournalFilter { ZoneId = one, AfterVersion = 1 }, 3, 2);
        await ExpectAsync(new JournalFilter { Origin = ChangeOrigin.Reload }, 2);
        await ExpectAsync(new JournalFilter { Since = Sample.Time.AddSeconds(2), Until = Sample.Time.AddSeconds(10) }, 3, 2);
        await ExpectAsync(new JournalFilter { Owner = DomainName.Parse("www.example."), KeyName = "terraform.", ZoneId = one }, 3);

        async Task ExpectAsync(JournalFilter filter, params uint[] serials) => Assert.Equal(
            serials, Done(await Store.Journal.SearchAsync(filter, Stop)).Select(entry => entry.Entry.SerialFrom!.Value.Value));
    }

    [Fact]
    public async Task Extent_counts_what_is_kept_and_names_the_serials_that_can_be_compared()
    {
        long zone = await AddZoneAsync();
        Assert.Equal(StoreStatus.NotFound, (await Store.Journal.MeasureAsync(zone, Stop)).Status);
        await AppendLineAsync(zone, 3);

        JournalExtent extent = Done(await Store.Journal.MeasureAsync(zone, Stop));

        long bytes = (await ReadAllAsync(zone)).Sum(stored => stored.Entry.Wire.Length + stored.Entry.Text.Length);
        Assert.Equal(
            new JournalExtent(3, bytes, Sample.Time.AddSeconds(1), Sample.Time.AddSeconds(3), new Serial(1), new Serial(4)), extent);
    }

    [Fact]
    public async Task Extent_starts_at_the_last_baseline_and_behind_what_was_trimmed()
    {
        long zone = await AddZoneAsync();
        await AppendLineAsync(zone, 3);
        long checkpoint = await StageAsync(zone, 4, 20, [1]);
        await AppendAsync(new ZoneAppend(zone, 3, [Sample.Baseline(20)]) { Checkpoint = checkpoint });
        await AppendAsync(new ZoneAppend(zone, 4, [Sample.Entry(20), Sample.Entry(21)]));
        Assert.Equal(new Serial(20), Done(await Store.Journal.MeasureAsync(zone, Stop)).OldestSerial);

        Done(await Store.Checkpoints.CompleteAsync(await StageAsync(zone, 6, 22, [1]), Stop));
        Done(await Store.Journal.TrimAsync(zone, new RetentionPolicy { MaxEntries = 1 }, Stop));

        JournalExtent trimmed = Done(await Store.Journal.MeasureAsync(zone, Stop));
        Assert.Equal((1L, new Serial(21), new Serial(22)), (trimmed.Entries, trimmed.OldestSerial, trimmed.NewestSerial));
    }

    [Theory]
    [InlineData("entries", 4, new long[] { 7, 8, 9, 10 })]
    [InlineData("entries", 0, new long[] { 9, 10 })]
    [InlineData("bytes", 0, new long[] { 9, 10 })]
    [InlineData("bytes", 1_000_000, new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData("bytes", 420, new long[] { 8, 9, 10 })] // 100 bytes of wire and 38 or 39 of text each.
    [InlineData("keep", 5, new long[] { 5, 6, 7, 8, 9, 10 })]
    [InlineData("keep", 77, new long[] { 9, 10 })]
    [InlineData("age", 0, new long[] { 9, 10 })]
    [InlineData("nothing", 0, new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    public async Task Trim_removes_the_oldest_beyond_each_bound_and_no_promise(string bound, int value, long[] left)
    {
        long zone = await AddZoneAsync();
        await AppendAsync(new ZoneAppend(zone, 0, [.. Enumerable.Range(1, 10).Select(serial => Sample.Entry((uint)serial, wireBytes: 100)
            with { Time = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) })]));
        Done(await Store.Checkpoints.CompleteAsync(await StageAsync(zone, 8, 9, [1]), Stop));
        RetentionPolicy policy = bound switch
        {
            "entries" => new RetentionPolicy { MaxEntries = value },
            "bytes" => new RetentionPolicy { MaxBytes = value },
            "keep" => new RetentionPolicy { MaxEntries = 0, KeepFromSerial = new Serial((uint)value) },
            "age" => new RetentionPolicy { MaxAge = TimeSpan.FromDays(1) },
            _ => new RetentionPolicy { MaxAge = TimeSpan.FromDays(100_000) },
        };

        Assert.Equal(10 - left.Length, Done(await Store.Journal.TrimAsync(zone, policy, Stop)));

        Assert.Equal(left, Done(await Store.Journal.ReadAfterAsync(zone, left[0] - 1, 99, long.MaxValue, Stop)).Select(entry => entry.Version));
        if (left[0] > 1)
            Assert.Equal(StoreStatus.NotFound, (await Store.Journal.ReadAfterAsync(zone, left[0] - 2, 99, 1, Stop)).Status);
        Assert.Equal(ZoneOutcomeStatus.Won, (await AppendAsync(new ZoneAppend(zone, 10, [Sample.Entry(11)])))[0].Status);
    }

    [Fact]
    public async Task Trim_by_any_policy_keeps_replay_history_and_compare_and_set()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < 12; round++)
        {
            long zone = await AddZoneAsync($"zone{round}.example.");
            int length = random.Next(1, 25);
            await AppendAsync(new ZoneAppend(
                zone, 0, [.. Enumerable.Range(1, length).Select(serial => Sample.Entry((uint)serial, wireBytes: random.Next(1, 300)))]));
            long checkpoint = random.Next(0, length + 1);
            if (checkpoint > 0)
                Done(await Store.Checkpoints.CompleteAsync(await StageAsync(zone, checkpoint, (uint)checkpoint + 1, [1]), Stop));
            for (int trim = 0; trim < 3; trim++)
            {
                RetentionPolicy policy = new()
                {
                    MaxEntries = random.Next(3) == 0 ? null : random.Next(0, length),
                    MaxBytes = random.Next(3) == 0 ? null : random.Next(0, 3000),
                    MaxAge = random.Next(3) == 0 ? TimeSpan.FromDays(1) : null,
                    KeepFromSerial = random.Next(2) == 0 ? null : new Serial((uint)random.Next(1, length + 3)),
                };
                bool hadPromise = policy.KeepFromSerial is { } kept && (await Store.Journal.FindVersionAsync(zone, kept, Stop)).IsDone;

                Done(await Store.Journal.TrimAsync(zone, policy, Stop));

                string why = $"seed {seed}, round {round}, length {length}, checkpoint {checkpoint}, {policy}";
                Assert.True((await Store.Journal.ReadAfterAsync(zone, checkpoint, 99, long.MaxValue, Stop)).IsDone, why);
                Assert.True((await Store.Journal.ReadAfterAsync(zone, length - 1, 1, 1, Stop)).IsDone, why);
                if (hadPromise)
                {
                    StoreResult<long> start = await Store.Journal.FindVersionAsync(zone, policy.KeepFromSerial!.Value, Stop);
                    Assert.True(start.IsDone, why);
                    Assert.Equal(length - start.Value, Done(await Store.Journal.ReadAfterAsync(zone, start.Value, 99, long.MaxValue, Stop)).Count);
                }
            }

            Assert.Equal(ZoneOutcomeStatus.Won, (await AppendAsync(new ZoneAppend(zone, length, [Sample.Entry((uint)length + 1)])))[0].Status);
        }
    }
}

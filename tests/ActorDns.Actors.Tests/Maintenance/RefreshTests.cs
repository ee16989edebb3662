using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Transfers;
using ActorDns.Actors.Zones;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Testing.Transfers;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Tests.Maintenance;

/// <summary>When primaries are asked, in which order, and how long a zone is served without them.</summary>
public sealed class RefreshTests : IAsyncDisposable
{
    private const string Ns = "example. 3600 NS ns1.example.";
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly ScriptedPrimary _first;
    private readonly ScriptedPrimary _second;
    private SecondaryZone _zone;

    public RefreshTests()
    {
        _first = new ScriptedPrimary(_clock);
        _second = new ScriptedPrimary(_clock);
        _zone = new SecondaryZone(_folder, _clock);
        Offer(_first, 1);
        Offer(_second, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _zone.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Next_question_comes_by_the_refresh_time_of_the_soa()
    {
        await StartAsync();
        RefreshStatus status = await _zone.WhenIdleAsync();
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(3600), status.NextRefresh);
        Offer(_first, 2);
        _clock.Advance(TimeSpan.FromSeconds(3600));
        await _zone.WhenIdleAsync();
        Assert.Equal(2u, _zone.Serial);
    }

    [Fact]
    public async Task Second_primary_is_asked_when_the_first_has_nothing_newer_or_does_not_answer()
    {
        await StartAsync();
        Offer(_second, 2);
        await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        Assert.Equal(2u, _zone.Serial);
        await _first.DisposeAsync();
        Offer(_second, 3);
        await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        Assert.Equal(3u, _zone.Serial);
        Offer(_second, 4);
        await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        Assert.True(_zone.Lines.Contains($"skipping primary {_first.Endpoint}"), _zone.Lines.ToString());
        Assert.Equal(4u, _zone.Serial);
    }

    [Fact]
    public async Task Older_serial_at_the_primary_is_said_and_not_taken()
    {
        Offer(_first, 7);
        await StartAsync(_first);
        Offer(_first, 6);
        RefreshStatus status = await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        Assert.Equal(7u, _zone.Serial);
        Assert.True(_zone.Lines.Contains($"serial number (6) received from primary {_first.Endpoint} < ours (7)"), _zone.Lines.ToString());
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(900), status.NextRefresh); // RETRY: it was no success.
    }

    [Fact]
    public async Task Forced_transfer_takes_an_older_serial_and_starts_the_history_anew()
    {
        Offer(_first, 7);
        await StartAsync(_first);
        Offer(_first, 6);
        await _zone.AfterRoundAsync(new RefreshCommand.Retransfer());
        Assert.Equal(6u, _zone.Serial);
        Assert.Null(_zone.Published.Current!.History);
        Assert.Null(await _zone.Place.ReadChangesAsync(new Serial(7), new Serial(6), TestContext.Current.CancellationToken));
    }

    [Fact, Rfc(1996, "3.11")]
    public async Task Notify_makes_the_secondary_ask_for_the_soa()
    {
        await StartAsync(_first);
        Offer(_first, 2);
        await _zone.AfterRoundAsync(new RefreshCommand.Notified(_first.Endpoint, null));
        Assert.Equal(2u, _zone.Serial);
        Assert.True(_zone.Lines.Contains($"notify from {_first.Endpoint}: no serial"), _zone.Lines.ToString());
    }

    [Fact, Rfc(1996, "3.7")]
    public async Task Hint_of_a_notify_ends_the_matter_when_it_is_not_newer_and_starts_no_transfer_when_it_is()
    {
        await StartAsync(_first);
        int asked = _first.Asked.Count;
        await _zone.AfterRoundAsync(new RefreshCommand.Notified(_first.Endpoint, new Serial(1)));
        Assert.Equal(asked, _first.Asked.Count);
        Assert.True(_zone.Lines.Contains($"notify from {_first.Endpoint}: zone is up to date"), _zone.Lines.ToString());
        await _zone.AfterRoundAsync(new RefreshCommand.Notified(_first.Endpoint, new Serial(9)));
        Assert.Equal(asked + 1, _first.Asked.Count); // The SOA alone: the primary itself says that there is nothing new.
        Assert.Equal(1u, _zone.Serial);
    }

    [Fact]
    public async Task Zone_expires_when_no_primary_answers_and_comes_back_when_one_does()
    {
        await StartAsync(_first);
        _first.Serial = null;
        TimeSpan expire = TimeSpan.FromSeconds(604_800);
        Assert.Equal((_clock.GetUtcNow() + expire).ToUnixTimeSeconds(), _zone.Published.ExpiresAtUnixSeconds);
        while (_zone.Published.Current is not null)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await _zone.Refresher.FlushAsync();
            await _zone.Writer.FlushAsync();
            Assert.True(_clock.GetUtcNow() < new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), _zone.Lines.ToString());
        }

        Assert.True(_zone.Lines.Contains("zone example/IN: expired"), _zone.Lines.ToString());
        Assert.Null(_zone.Published.ExpiresAtUnixSeconds);
        _first.Serial = 1;
        _zone.Refresher.Tell(new RefreshCommand.Notified(_first.Endpoint, null));
        while (_zone.Published.Current is null)
            await PassAsync(TimeSpan.FromSeconds(5)); // What is still being waited for runs out.

        Assert.Equal(1u, _zone.Serial);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Refresh_comes_after_its_time_whatever_becomes_of_the_time_of_day(int days)
    {
        await StartAsync(_first);
        await _zone.WhenIdleAsync();
        int asked = _first.Asked.Count;
        _clock.JumpTimeOfDay(TimeSpan.FromDays(days));
        _clock.Advance(TimeSpan.FromSeconds(3599));
        await _zone.Refresher.FlushAsync();
        Assert.Equal(asked, _first.Asked.Count);
        Offer(_first, 2);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _zone.WhenIdleAsync();
        Assert.Equal(2u, _zone.Serial);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-30)]
    public async Task Zone_expires_after_its_time_whatever_becomes_of_the_time_of_day(int days)
    {
        await StartAsync(_first);
        await _zone.WhenIdleAsync();
        _first.Serial = null;
        _clock.JumpTimeOfDay(TimeSpan.FromDays(days));
        DateTimeOffset jumped = _clock.GetUtcNow();
        TimeSpan expire = TimeSpan.FromSeconds(604_800);
        while (_zone.Published.Current is not null)
        {
            Assert.True(_clock.GetUtcNow() < jumped + expire + TimeSpan.FromHours(1), "served for too long");
            _clock.Advance(TimeSpan.FromHours(1));
            await _zone.Refresher.FlushAsync();
            await _zone.Writer.FlushAsync();
        }

        Assert.InRange(_clock.GetUtcNow() - jumped, expire, expire + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Time_of_day_that_goes_back_does_not_hold_up_questions()
    {
        QueryPace pace = new(_clock) { PerSecond = 10 };
        await AskAsync(pace);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.JumpTimeOfDay(TimeSpan.FromDays(-1));
        Assert.True(AskAsync(pace).IsCompleted);
    }

    [Fact]
    public void Questions_of_all_zones_are_spaced_by_the_rate()
    {
        QueryPace pace = new(_clock) { PerSecond = 10 };
        Task[] waits = [.. Enumerable.Range(0, 4).Select(_ => AskAsync(pace))];
        for (int passed = 1; passed <= waits.Length; passed++)
        {
            Assert.Equal(passed, waits.Count(wait => wait.IsCompleted));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact]
    public async Task Primary_at_which_nobody_listens_is_passed_over_at_once()
    {
        await _first.DisposeAsync();
        DateTimeOffset before = _clock.GetUtcNow();
        await StartAsync(_first, _second);
        Assert.Equal(before, _clock.GetUtcNow()); // No wait has run out: the ICMP message and the reset are enough.
        Assert.True(_zone.Lines.Contains("(source 0.0.0.0#0): connection refused"), _zone.Lines.ToString());
    }

    [Fact]
    public async Task Primary_is_asked_by_IPv6()
    {
        await using ScriptedPrimary primary = new(_clock, address: "::1");
        Offer(primary, 5);
        await StartAsync(primary);
        Assert.Equal(5u, _zone.Serial);
        Assert.True(_zone.Lines.Contains($"transfer of 'example/IN' from {primary.Endpoint}: Transfer status: success"), _zone.Lines.ToString());
    }

    [Fact]
    public async Task Source_address_of_a_primary_is_obeyed()
    {
        await _zone.StartAsync(new Primary(_first.Endpoint) { Source = NetAddress.FromIPv4(0x7F000009) });
        await _zone.WhenIdleAsync();
        Assert.Equal(["127.0.0.9"], _first.Clients.Select(client => client.ToString()));
    }

    [Theory]
    [InlineData(true, "maximum idle time exceeded")]
    [InlineData(false, "maximum transfer time exceeded, or the server stops")]
    public async Task Transfer_that_stalls_is_given_up_and_the_next_primary_asked(bool isIdle, string reason)
    {
        await _zone.DisposeAsync();
        TimeSpan bound = TimeSpan.FromMinutes(5);
        TimeSpan longer = TimeSpan.FromHours(5);
        _zone = new SecondaryZone(_folder, _clock) { MaxTransferIdle = isIdle ? bound : longer, MaxTransferTime = isIdle ? longer : bound };
        TaskCompletionSource gate = new();
        _first.Gate = gate.Task;
        await _zone.StartAsync(new Primary(_first.Endpoint), new Primary(_second.Endpoint));
        while (!_zone.Lines.Contains("connected using"))
            await Task.Yield();
        while (!_first.Asked.Contains("AXFR"))
            await Task.Yield();
        _clock.Advance(bound - TimeSpan.FromSeconds(1));
        await _zone.Refresher.FlushAsync();
        Assert.False(_zone.Lines.Contains(reason));
        while (_zone.Serial is null)
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.True(_zone.Lines.Contains($"from {_first.Endpoint}: Transfer status: {reason}"), _zone.Lines.ToString());
        gate.SetResult();
    }

    [Theory]
    [InlineData(2, 0, 0, "records in zone (4) exceeds max-records (2)")]
    [InlineData(0, 1, 0, "www.example/A: 2 records exceed max-records-per-type (1)")]
    [InlineData(0, 0, 1, "example: 2 types exceed max-types-per-name (1)")]
    public async Task Whole_zone_beyond_a_limit_is_not_taken_and_asked_for_again_after_the_refresh_time(
        int records, int perType, int types, string excess)
    {
        await StartAsync(_first);
        await _zone.WhenIdleAsync();
        _zone.Configure(new UpdateSettings { MaxRecords = records, MaxRecordsPerType = perType, MaxTypesPerName = types });
        _first.Serial = 2;
        _first.Transfer = static stream => [stream.Message(
            AnswerStream.Soa(2), Ns, "www.example. 60 A 192.0.2.1", "www.example. 60 A 192.0.2.2", AnswerStream.Soa(2))];
        RefreshStatus status = await _zone.AfterRoundAsync(new RefreshCommand.Retransfer());
        Assert.Equal(1u, _zone.Serial);
        Assert.True(_zone.Lines.Contains(excess), _zone.Lines.ToString());
        Assert.True(_zone.Lines.Contains("Transfer status: too many records"), _zone.Lines.ToString());
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(3600), status.NextRefresh); // Not RETRY, as BIND.
    }

    [Theory]
    [InlineData(3, 0, 0, "records in zone (4) exceeds max-records (3)")]
    [InlineData(0, 1, 0, "www.example/A: 2 records exceed max-records-per-type (1)")]
    [InlineData(0, 0, 1, "example: 2 types exceed max-types-per-name (1)")]
    public async Task Differences_beyond_a_limit_are_not_taken_and_the_whole_zone_is_not_asked_for(
        int records, int perType, int types, string excess)
    {
        await StartAsync(_first);
        await _zone.WhenIdleAsync();
        _zone.Configure(new UpdateSettings { MaxRecords = records, MaxRecordsPerType = perType, MaxTypesPerName = types });
        _first.Serial = 2;
        string apex = types > 0 ? "example. 60 MX 10 www.example." : "www.example. 60 A 192.0.2.2";
        _first.Transfer = stream => [stream.Message(
            AnswerStream.Soa(2), AnswerStream.Soa(1), AnswerStream.Soa(2), "www.example. 60 A 192.0.2.1", apex, AnswerStream.Soa(2))];
        int before = _first.Asked.Count;
        await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        Assert.Equal(1u, _zone.Serial);
        Assert.True(_zone.Lines.Contains(excess.Replace("2 types", types > 0 ? "3 types" : "2 types", StringComparison.Ordinal)), _zone.Lines.ToString());
        Assert.Equal(["SOA", "IXFR"], _first.Asked.Skip(before));
    }

    [Fact]
    public async Task Store_that_is_away_at_start_leaves_the_file_that_says_of_which_version_it_is_and_until_when()
    {
        string file = _folder["kept.db"];
        Offer(_first, 2);
        _zone = new SecondaryZone(_folder, _clock) { File = file };
        _zone.Writer.Tell(new ZoneCommand.Configure(new ZoneSettings { LogName = "example/IN", IsSecondary = true, File = file }));
        await StartAsync(_first);
        Assert.Equal(2u, _zone.Serial);
        while (!File.Exists(LocalCheckpoint.PathOf(file)))
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await _zone.Writer.FlushAsync();
        }

        await _zone.DisposeAsync();
        await File.WriteAllTextAsync(_folder["journal.db"], "no database", TestContext.Current.CancellationToken);
        _first.Serial = null;
        _zone = new SecondaryZone(_folder, _clock) { File = file };
        _zone.Writer.Tell(new ZoneCommand.Configure(new ZoneSettings { LogName = "example/IN", IsSecondary = true, File = file }));
        _zone.Files[file] = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        SecondaryContent content = await _zone.StartAsync(new Primary(_first.Endpoint));
        Assert.Equal(2u, content.Serial?.Value);
        Assert.True(content.ExpiresAt > _clock.GetUtcNow());
        while (_zone.Serial is not null)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await _zone.Refresher.FlushAsync();
            await _zone.Writer.FlushAsync();
        }

        Assert.True(_clock.GetUtcNow() >= content.ExpiresAt);
    }

    [Fact]
    public async Task Store_that_is_away_at_start_is_waited_for_and_no_older_file_is_served()
    {
        Offer(_first, 2);
        await StartAsync(_first);
        await _zone.DisposeAsync();
        string store = _folder["journal.db"];
        byte[] content = await File.ReadAllBytesAsync(store, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(store, "no database", TestContext.Current.CancellationToken);

        string file = _folder.Write("copy.db", "");
        _zone = new SecondaryZone(_folder, _clock) { File = file };
        _zone.Files[file] = "$TTL 1h\n@ SOA ns1 hostmaster 1 1d 1d 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\n";
        Offer(_first, 3);
        SecondaryContent away = await _zone.StartAsync(new Primary(_first.Endpoint));
        Assert.True(away.IsStoreAway);
        int asked = _first.Asked.Count;
        await _zone.AfterCommandAsync(new RefreshCommand.Refresh());
        Assert.Null(_zone.Serial);
        Assert.Equal(asked, _first.Asked.Count);

        _first.Serial = null;
        foreach (string left in Directory.GetFiles(_folder.FullPath, "journal.db-*"))
            File.Delete(left);
        await File.WriteAllBytesAsync(store, content, TestContext.Current.CancellationToken);
        while (_zone.Serial is null)
            await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(2u, _zone.Serial); // What was served before, from the store.
        Offer(_first, 3);
        while (_zone.Serial != 3)
        {
            _zone.Refresher.Tell(new RefreshCommand.Notified(_first.Endpoint, null));
            await PassAsync(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task Store_that_is_away_until_the_zone_has_expired_brings_nothing_back()
    {
        await StartAsync(_first);
        await _zone.DisposeAsync();
        string store = _folder["journal.db"];
        byte[] content = await File.ReadAllBytesAsync(store, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(store, "no database", TestContext.Current.CancellationToken);
        _zone = new SecondaryZone(_folder, _clock);
        _first.Serial = null;
        Assert.True((await _zone.StartAsync(new Primary(_first.Endpoint))).IsStoreAway);
        _clock.Advance(TimeSpan.FromDays(8));
        await File.WriteAllBytesAsync(store, content, TestContext.Current.CancellationToken);
        int asked = _first.Asked.Count;
        while (_first.Asked.Count == asked) // The store is back: the primary is asked.
            await PassAsync(TimeSpan.FromSeconds(5));

        Assert.Null(_zone.Serial);
    }

    [Fact, Rfc(7314, "4")]
    public async Task Expire_option_of_a_primary_shortens_the_time_that_the_zone_is_served()
    {
        _first.Transfer = static stream =>
        {
            stream.ExpireSeconds = 50_000;
            return [stream.Message(AnswerStream.Soa(1), Ns, AnswerStream.Soa(1))];
        };
        await StartAsync(_first);
        RefreshStatus status = await _zone.WhenIdleAsync();
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(50_000), status.ExpiresAt);

        // Of the version that we have, the later time counts, and never one beyond the SOA's.
        _first.ExpireSeconds = 40_000;
        status = await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(50_000), status.ExpiresAt);
        _first.ExpireSeconds = 9_000_000;
        status = await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromSeconds(604_800), status.ExpiresAt);
    }

    [Fact]
    public async Task Journal_holds_who_sent_it_and_a_restart_serves_it_without_the_primary_until_it_expires()
    {
        await StartAsync(_first);
        Offer(_first, 2);
        await _zone.AfterRoundAsync(new RefreshCommand.Refresh());
        StoreResult<IReadOnlyList<StoredEntry>> found =
            await _zone.Store.Journal.SearchAsync(new JournalFilter(), TestContext.Current.CancellationToken);
        Assert.True(found.IsDone, found.ToString());
        Assert.All(found.Value, stored => Assert.Equal(
            (ChangeOrigin.Transfer, _first.Endpoint.ToString()), (stored.Entry.Origin, stored.Entry.Peer)));
        _first.Serial = null;
        await RestartAsync();
        Assert.Equal(2u, _zone.Serial);
        Assert.True(_zone.Published.Current!.History!.TryFind(new Serial(1), out IReadOnlyList<ZoneChange>? changes));
        Assert.Single(changes);
        _clock.Advance(TimeSpan.FromDays(8));
        await RestartAsync();
        Assert.Null(_zone.Serial);
    }

    private static Task<bool> AskAsync(QueryPace pace) =>
        pace.AskAsync(static () => Task.FromResult(true), TestContext.Current.CancellationToken);

    private static void Offer(ScriptedPrimary primary, uint serial)
    {
        primary.Serial = serial;
        primary.Transfer = stream => [stream.Message(AnswerStream.Soa(serial), Ns, AnswerStream.Soa(serial))];
    }

    /// <summary>
    /// Lets time pass on the zone's clock, and a little on the machine's: what goes over sockets and disk must have ended before the clock
    /// says that it is late, however busy the machine is.
    /// </summary>
    private async Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await _zone.Refresher.FlushAsync();
        await _zone.Writer.FlushAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);
    }

    private async Task StartAsync(params ScriptedPrimary[] primaries)
    {
        ScriptedPrimary[] asked = primaries.Length > 0 ? primaries : [_first, _second];
        await _zone.StartAsync([.. asked.Select(primary => new Primary(primary.Endpoint))]);
        await _zone.WhenIdleAsync();
        Assert.True(_zone.Serial is not null, _zone.Lines.ToString());
    }

    private async Task RestartAsync()
    {
        await _zone.DisposeAsync();
        _zone = new SecondaryZone(_folder, _clock);
        await _zone.StartAsync(new Primary(_first.Endpoint));
    }
}

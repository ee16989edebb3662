using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Records;
using ActorDns.Storage.Contracts;
using ActorDns.Testing.Processes;
using ActorDns.Testing.Transfers;
using ActorDns.Zones.Changes;

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
        {
            _clock.Advance(TimeSpan.FromSeconds(5)); // What is still being waited for runs out.
            await _zone.Refresher.FlushAsync();
        }

        Assert.Equal(1u, _zone.Serial);
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

    private static void Offer(ScriptedPrimary primary, uint serial)
    {
        primary.Serial = serial;
        primary.Transfer = stream => [stream.Message(AnswerStream.Soa(serial), Ns, AnswerStream.Soa(serial))];
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

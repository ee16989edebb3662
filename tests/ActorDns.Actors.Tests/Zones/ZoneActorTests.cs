using System.Globalization;
using ActorDns.Actors.Notify;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Actors.Tests.Zones;

public sealed class ZoneActorTests : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly ManualClock _clock = new();
    private readonly MemoryFiles _files = new();
    private readonly ReaderEpochs _epochs = new();
    private readonly PublishedZone _published = new(DomainName.Parse("example."));
    private readonly ActorSystem _system;
    private readonly ActorRef<ZoneCommand> _actor;

    public ZoneActorTests()
    {
        _system = new ActorSystem("test", _clock);
        ZoneServices services = new(_files, _epochs, new SnapshotLeases(_clock), _clock, NullLoggerFactory.Instance);
        _actor = _system.Spawn("zone", ZoneActor.CreateProps(_published, journal: null, new UpdateInbox(), services));
        _files["zone"] = Text(1);
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    [Fact]
    public async Task Good_file_is_published()
    {
        ZoneLoadOutcome outcome = await LoadAsync();
        Assert.True(outcome.IsLoaded);
        Assert.Equal(1u, outcome.Serial);
        Assert.Equal(1u, _published.Current!.Serial.Value);
    }

    [Fact]
    public async Task Bad_file_leaves_what_is_served()
    {
        await LoadAsync();
        _files["zone"] = Text(2) + "www A not-an-address\n";
        ZoneLoadOutcome outcome = await LoadAsync();
        Assert.False(outcome.IsLoaded);
        Assert.Equal(1u, outcome.Serial);
        Assert.Contains(outcome.Problems, problem => problem.IsError && problem.Line == 5);
        Assert.Equal(1u, _published.Current!.Serial.Value);
    }

    [Fact]
    public async Task Missing_file_is_an_error_that_names_it()
    {
        ZoneLoadOutcome outcome = await _actor.AskAsync<ZoneLoadOutcome>(
            done => new ZoneCommand.Load("nowhere", new ZoneCheckOptions(), done), Deadline, TestContext.Current.CancellationToken);
        Assert.False(outcome.IsLoaded);
        Assert.Null(_published.Current);
        Assert.Contains("nowhere: file not found", Assert.Single(outcome.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_inside_its_epoch_keeps_the_old_version_readable()
    {
        await LoadAsync();
        ReaderSlot slot = _epochs.Register();
        slot.Enter();
        ZoneSnapshot old = _published.Current!;
        _files["zone"] = Text(2);
        await LoadAsync();
        Assert.Equal(2u, _published.Current!.Serial.Value);
        Assert.True(old.Apex.Owner.SequenceEqual(DomainName.Parse("example.").Wire));
        slot.Exit();
        slot.Dispose();
    }

    [Fact]
    public async Task Withdrawn_zone_is_gone_and_its_actor_stops_when_no_reader_is_left()
    {
        await LoadAsync();
        ReaderSlot slot = _epochs.Register();
        slot.Enter();
        Task<bool> withdrawn = _actor.AskAsync<bool>(
            done => new ZoneCommand.Withdraw(done), Deadline, TestContext.Current.CancellationToken);
        await _actor.FlushAsync();
        Assert.Null(_published.Current);
        Assert.False(_actor.IsTerminated);
        slot.Exit();
        slot.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await withdrawn);
        await _actor.Termination.WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Each_new_serial_is_told_to_the_notifier_once_and_again_later_when_it_has_no_room()
    {
        SlowNotifier slow = new();
        ActorRef<NotifyCommand> notifier = _system.Spawn(
            "notifier", new Props<NotifyCommand>(() => slow) { MailboxCapacityMessages = 1 });
        PublishedZone published = new(DomainName.Parse("example."));
        ZoneServices services = new(_files, _epochs, new SnapshotLeases(_clock), _clock, NullLoggerFactory.Instance)
        {
            Notifier = notifier,
        };
        ActorRef<ZoneCommand> zone = _system.Spawn("told", ZoneActor.CreateProps(published, journal: null, new UpdateInbox(), services));
        await LoadAsync(zone);
        await slow.Entered.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        await LoadAsync(zone); // The same file: no news.
        _files["zone"] = Text(2);
        await LoadAsync(zone); // Takes the only room.
        _files["zone"] = Text(3);
        await LoadAsync(zone); // Finds none.
        slow.GoOn.SetResult();
        await notifier.FlushAsync();
        Assert.Equal(2, slow.Told.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await zone.FlushAsync();
        await notifier.FlushAsync();
        Assert.Equal([published, published, published], slow.Told.Select(told => told.Zone));
    }

    private Task<ZoneLoadOutcome> LoadAsync() => LoadAsync(_actor);

    private static Task<ZoneLoadOutcome> LoadAsync(ActorRef<ZoneCommand> actor) => actor.AskAsync<ZoneLoadOutcome>(
        done => new ZoneCommand.Load("zone", new ZoneCheckOptions(), done), Deadline, TestContext.Current.CancellationToken);

    private static string Text(int serial) => string.Create(
        CultureInfo.InvariantCulture, $"$TTL 1h\n@ SOA ns1 hostmaster {serial} 2h 15m 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\n");

    private sealed class SlowNotifier : Actor<NotifyCommand>
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<NotifyCommand.Changed> Told { get; } = [];

        protected override async ValueTask ReceiveAsync(NotifyCommand message, ActorContext<NotifyCommand> ctx)
        {
            _entered.TrySetResult();
            await GoOn.Task;
            Told.Add((NotifyCommand.Changed)message);
        }
    }
}

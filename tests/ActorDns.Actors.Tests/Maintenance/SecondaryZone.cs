using ActorDns.Actors.Journal;
using ActorDns.Actors.Maintenance;
using ActorDns.Actors.Tests.Zones;
using ActorDns.Actors.Transfers;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sqlite;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Tests.Maintenance;

/// <summary>One secondary zone with all its actors and a store in a file, on a clock that the test moves.</summary>
internal sealed class SecondaryZone : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly OpenedStore _opened;
    private readonly ActorSystem _system;

    public SecondaryZone(TempFolder folder, ManualClock clock)
    {
        Clock = clock;
        Store = new SqliteStore(new SqliteStoreOptions(folder["journal.db"]), clock);
        _opened = new OpenedStore(Store, clock);
        _system = new ActorSystem("test", clock);
        GroupCommits commits = new(_opened, clock, Lines.CreateLogger("general"));
        ActorRef<JournalCommand> journal = _system.Spawn("journal", () => new JournalWriter(commits));
        Place = new ZoneJournal(
            new JournalServices(_opened, journal, "node1"), new ZoneKey(Published.Origin, RecordClass.In, "_default"));
        SnapshotLeases leases = new(clock);
        Writer = _system.Spawn(
            "zone", ZoneActor.CreateProps(Published, Place, new UpdateInbox(), new ZoneServices(Files, new ReaderEpochs(), leases, clock, Lines)));
        Configure(new UpdateSettings());
        ActorRef<InboundCommand> transfers = _system.Spawn("transfers", () => new InboundManager(new InboundSettings(), Lines));
        Refresher = _system.Spawn("refresher", ZoneRefresher.CreateProps(new RefreshServices(
            Published, Place, Writer, transfers, leases, new QueryPace(clock) { PerSecond = 1_000_000 }, Lines, clock, static () => 0)));
    }

    public ManualClock Clock { get; }

    public LogLines Lines { get; } = new();

    public PublishedZone Published { get; } = new(DomainName.Parse("example."));

    public ZoneJournal Place { get; }

    public SqliteStore Store { get; }

    public ActorRef<ZoneCommand> Writer { get; }

    public ActorRef<RefreshCommand> Refresher { get; }

    /// <summary>The zone's file; null for none.</summary>
    public string? File { get; init; }

    /// <summary>What the file holds.</summary>
    public MemoryFiles Files { get; } = new();

    public TimeSpan MaxTransferTime { get; init; } = TimeSpan.FromMinutes(120);

    public TimeSpan MaxTransferIdle { get; init; } = TimeSpan.FromMinutes(60);

    public uint? Serial => Published.Current?.Serial.Value;

    /// <summary>Sets the limits of the zone's content.</summary>
    public void Configure(UpdateSettings limits) =>
        Writer.Tell(new ZoneCommand.Configure(new ZoneSettings { LogName = "example/IN", IsSecondary = true, Updates = limits }));

    /// <summary>Restores what there was and asks the primaries.</summary>
    public async Task<SecondaryContent> StartAsync(params Primary[] primaries)
    {
        Refresher.Tell(new RefreshCommand.Configure(new RefreshSettings
        {
            LogName = "example/IN",
            Primaries = primaries,
            MaxTransferTime = MaxTransferTime,
            MaxTransferIdle = MaxTransferIdle,
            MinRefresh = TimeSpan.FromSeconds(1),
            MinRetry = TimeSpan.FromSeconds(1),
        }));
        return await Refresher.AskAsync<SecondaryContent>(
            done => new RefreshCommand.Start(again => new ZoneCommand.Restore(File, new ZoneCheckOptions(), again), done),
            Deadline,
            TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a round is over: the next one has its time then.</summary>
    public async Task<RefreshStatus> WhenIdleAsync()
    {
        while (true)
        {
            RefreshStatus status = await Refresher.AskAsync<RefreshStatus>(
                answer => new RefreshCommand.Status(answer), Deadline, TestContext.Current.CancellationToken);
            if (status.NextRefresh is not null)
                return status;
            await Task.Yield();
        }
    }

    /// <summary>Does something that starts a round and waits until that round is over.</summary>
    public async Task<RefreshStatus> AfterRoundAsync(RefreshCommand command)
    {
        Refresher.Tell(command);
        return await WhenIdleAsync();
    }

    /// <summary>Does something and waits until it has been taken.</summary>
    public Task AfterCommandAsync(RefreshCommand command)
    {
        Refresher.Tell(command);
        return Refresher.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _opened.DisposeAsync();
    }
}

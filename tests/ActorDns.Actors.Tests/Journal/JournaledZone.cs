using System.Globalization;
using ActorDns.Actors.Journal;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Storage.Sqlite;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Actors.Tests.Journal;

/// <summary>One dynamic zone with its actor, the journal writer and a store in a file; another one over the same folder is a restart.</summary>
internal sealed class JournaledZone : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly OpenedStore _opened;
    private readonly UpdateInbox _updates = new();
    private readonly ActorSystem _system;

    public JournaledZone(TempFolder folder, long? maxPages = null, bool isDynamic = true, TimeSpan? busyTimeout = null)
        : this(folder, new ManualClock(), "node1", isDynamic, clock => new SqliteStore(
            new SqliteStoreOptions(folder["journal.db"])
            {
                MaxPageCount = maxPages,
                BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(5),
            },
            clock))
    {
    }

    /// <summary>A zone on a node of a cluster, by the clock of the machine: what waits for the database cannot wait for a test.</summary>
    public JournaledZone(TempFolder folder, string node, string connectionString)
        : this(folder, TimeProvider.System, node, true, _ => new PostgreSqlStore(new PostgreSqlStoreOptions(connectionString)))
    {
    }

    private JournaledZone(TempFolder folder, TimeProvider clock, string node, bool isDynamic, Func<TimeProvider, IJournalStore> makeStore)
    {
        Time = clock;
        Store = makeStore(clock);
        _opened = new OpenedStore(Store, clock);
        Health = new JournalHealth(clock);
        _system = new ActorSystem("test", clock);
        GroupCommits commits = new(_opened, clock, NullLogger.Instance) { Health = Health };
        Writer = _system.Spawn("journal", () => new JournalWriter(commits));
        ZoneKey key = new(DomainName.Parse("example."), RecordClass.In, "_default");
        Place = new ZoneJournal(new JournalServices(_opened, Writer, node) { Promises = new PromisedSerials(clock) }, key);
        Refusals = new RefusalLog(_system, _opened, NullLogger.Instance);
        ZoneServices services = new(Files, Epochs, new SnapshotLeases(clock), clock, NullLoggerFactory.Instance) { Refusals = Refusals };
        Actor = _system.Spawn("zone", ZoneActor.CreateProps(Published, Place, _updates, services));
        Settings = new ZoneSettings
        {
            LogName = "example/IN",
            File = folder["zone"],
            IsDynamic = isDynamic,
            Updates = new UpdateSettings { AllowUpdate = MatchList.Any },
        };
        Actor.Tell(new ZoneCommand.Configure(Settings));
        if (!File.Exists(Settings.File))
            Files[Settings.File!] = Text(1);
    }

    /// <summary>The clock of a zone that has one of its own.</summary>
    public ManualClock Clock => (ManualClock)Time;

    private TimeProvider Time { get; }

    public DiskFiles Files { get; } = new();

    public ReaderEpochs Epochs { get; } = new();

    public PublishedZone Published { get; } = new(DomainName.Parse("example."));

    public ZoneJournal Place { get; }

    public IJournalStore Store { get; }

    public JournalHealth Health { get; }

    public RefusalLog Refusals { get; }

    public ZoneSettings Settings { get; }

    public ActorRef<ZoneCommand> Actor { get; }

    public ActorRef<JournalCommand> Writer { get; }

    public uint Serial => Published.Current!.Serial.Value;

    public static string Text(int serial, string more = "") => string.Create(
        CultureInfo.InvariantCulture, $"$TTL 1h\n@ SOA ns1 hostmaster {serial} 2h 15m 2w 5m\n@ NS ns1\nns1 A 192.0.2.1\n{more}");

    public Task<ZoneLoadOutcome> LoadAsync() => Actor.AskAsync<ZoneLoadOutcome>(
        done => new ZoneCommand.Load(Settings.File!, new ZoneCheckOptions(), done), Deadline, TestContext.Current.CancellationToken);

    public Task<Rcode> UpdateAsync(params string[] lines) => SendAsync(UpdateMessages.Of(lines), null);

    public Task<Rcode> SendAsync(byte[] message, UpdateSignature? signature) =>
        AwaitedUpdate.SendAsync(message, signature, _updates, Actor);

    /// <summary>True when a name owns records.</summary>
    public bool Has(string name) => Published.Current!.Names.TryFind(DomainName.Parse($"{name}.example.").Wire, out _);

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _opened.DisposeAsync();
    }
}

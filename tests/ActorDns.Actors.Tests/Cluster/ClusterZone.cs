using ActorDns.Actors.Cluster;
using ActorDns.Actors.Journal;
using ActorDns.Actors.Tests.Journal;
using ActorDns.Actors.Tests.Maintenance;
using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.PostgreSql;
using ActorDns.Testing.Processes;
using ActorDns.Zones.Access;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Updates;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>One node of a cluster, without sockets: its actors and one dynamic zone.</summary>
internal sealed class ClusterZone : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly ActorSystem _system;
    private readonly OpenedStore _opened;
    private readonly UpdateInbox _updates = new();
    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;
    private bool _isEnded;

    private ClusterZone(
        string node, string connectionString, ClusterSettings settings, bool isDynamic, TempFolder? folder = null, bool isSecondary = false)
    {
        _folder = folder ?? new TempFolder();
        _ownsFolder = folder is null;
        Store = new HalfDeafStore(new PostgreSqlStore(new PostgreSqlStoreOptions(connectionString)));
        _opened = new OpenedStore(Store, TimeProvider.System);
        _system = new ActorSystem(node, TimeProvider.System);
        ILogger log = Lines.CreateLogger("database");
        Membership membership = new(node, Guid.NewGuid()) { Describe = static report => report };
        Actors = new ClusterActors(_system, _opened, membership, settings, log);
        GroupCommits commits = new(_opened, TimeProvider.System, log) { Contact = Actors.Contact, Groups = Actors.Groups };
        ActorRef<JournalCommand> writer = _system.Spawn("journal", () => new JournalWriter(commits));
        JournalServices journal = new(_opened, writer, node) { Contact = Actors.Contact, Commits = commits, Cluster = Actors.Links };
        Place = new ZoneJournal(journal, new ZoneKey(Published.Origin, RecordClass.In, "_default"));
        ZoneServices services = new(Files, new ReaderEpochs(), new SnapshotLeases(TimeProvider.System), TimeProvider.System, Lines);
        Actor = _system.Spawn("zone", ZoneActor.CreateProps(Published, Place, _updates, services));
        if (!global::System.IO.File.Exists(File))
            Files[File] = JournaledZone.Text(1);
        Actor.Tell(new ZoneCommand.Configure(new ZoneSettings
        {
            LogName = "example/IN",
            File = File,
            Position = "named.conf:7",
            IsDynamic = isDynamic,
            IsSecondary = isSecondary,
            Updates = new UpdateSettings { AllowUpdate = MatchList.Any },
        }));
    }

    public HalfDeafStore Store { get; }

    /// <summary>The zone's file.</summary>
    public string File => _folder["zone"];

    public LogLines Lines { get; } = new();

    public DiskFiles Files { get; } = new();

    public ClusterActors Actors { get; }

    public ZoneJournal Place { get; }

    public PublishedZone Published { get; } = new(DomainName.Parse("example."));

    public ActorRef<ZoneCommand> Actor { get; }

    public uint Serial => Published.Current!.Serial.Value;

    /// <summary>Starts a node and loads its zone.</summary>
    public static async Task<ClusterZone> StartAsync(
        string node, string connectionString, ClusterSettings? settings = null, bool isDynamic = true, string? file = null)
    {
        ClusterZone zone = new(node, connectionString, settings ?? new ClusterSettings { PropagationTimeout = Deadline }, isDynamic);
        if (file is not null)
            zone.Files[zone.File] = file;
        if (await zone.Actors.StartAsync(TestContext.Current.CancellationToken) is { } reason)
        {
            await zone.KillAsync();
            throw new InvalidOperationException(reason);
        }

        ZoneLoadOutcome loaded = await zone.LoadAsync();
        Assert.True(loaded.IsLoaded, string.Join('\n', loaded.Problems));
        await zone.Actors.BecomeAsync(MemberState.Serving);
        await UntilAsync(() => zone.Place.ServedVersion > 0);
        return zone;
    }

    /// <summary>Starts a node over a folder that stays, whether the store is there or not; its zone is not read yet.</summary>
    public static async Task<ClusterZone> StartOverAsync(TempFolder folder, string connectionString, bool isSecondary = false)
    {
        ClusterSettings local = new() { Propagation = PropagationMode.Local };
        ClusterZone zone = new("node1", connectionString, local, !isSecondary, folder, isSecondary);
        Assert.Null(await zone.Actors.StartAsync(TestContext.Current.CancellationToken));
        return zone;
    }

    /// <summary>Starts nodes that know of each other and keep up.</summary>
    public static async Task<ClusterZone[]> StartAsync(int count, string connectionString, ClusterSettings? settings = null)
    {
        List<ClusterZone> zones = [];
        for (int i = 1; i <= count; i++)
            zones.Add(await StartAsync($"node{i}", connectionString, settings));
        foreach (ClusterZone zone in zones)
            await UntilAsync(() => zone.KeepingUp == count - 1);
        return [.. zones];
    }

    /// <summary>How many other nodes this one waits for.</summary>
    public int KeepingUp => Actors.Links.Propagation.Peers.Count(static peer => !peer.IsLagging);

    public Task<ZoneLoadOutcome> LoadAsync(bool isExplicit = false) =>
        AskAsync<ZoneLoadOutcome>(done => new ZoneCommand.Load(File, new(), done) { IsExplicit = isExplicit });

    public Task<Rcode> UpdateAsync(params string[] lines) => UpdateAsync(null, lines);

    public Task<Rcode> UpdateAsync(UpdateSignature? signature, params string[] lines) =>
        AwaitedUpdate.SendAsync(UpdateMessages.Of(lines), signature, _updates, Actor);

    /// <summary>Asks the actor something.</summary>
    public Task<T> AskAsync<T>(Func<ReplyTo<T>, ZoneCommand> question) =>
        Actor.AskAsync(question, Deadline, TestContext.Current.CancellationToken);

    /// <summary>Recovers the zone as an operator's command on this node does.</summary>
    public async Task<RecoverOutcome> RecoverAsync(bool acceptsLoss)
    {
        Serial? elsewhere = await Actors.NewestSerialAsync(Place.ZoneId);
        return await AskAsync<RecoverOutcome>(
            done => new ZoneCommand.Recover(new RecoverRequest(acceptsLoss, elsewhere, "operator", "192.0.2.9#9", done)));
    }

    public Task<ZoneReport> ReportAsync() => Actor.AskAsync<ZoneReport>(
        done => new ZoneCommand.Report(done), Deadline, TestContext.Current.CancellationToken);

    /// <summary>True when a name owns records.</summary>
    public bool Has(string name) => Published.Current!.Names.TryFind(DomainName.Parse($"{name}.example.").Wire, out _);

    /// <summary>What the version served says that has changed since a serial: the lines of one difference, in order.</summary>
    public string[] ChangesSince(uint serial)
    {
        IReadOnlyList<ZoneChange>? changes = null;
        Assert.True(Published.Current!.History?.TryFind(new(serial), out changes));
        Assert.True(ZoneChange.TryCondense(changes!, out ZoneChange? whole));
        return [.. whole.ToText().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(10));
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Deadline);
        while (!condition())
            await pace.WaitForNextTickAsync(late.Token);
    }

    /// <summary>Ends it as a kill would: without a word.</summary>
    public async Task KillAsync()
    {
        if (_isEnded)
            return;
        _isEnded = true;
        await _system.DisposeAsync();
        await _opened.DisposeAsync();
        if (_ownsFolder)
            _folder.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isEnded)
            await Actors.LeaveAsync();
        await KillAsync();
    }
}

using ActorDns.Host.Wiring;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Storage.Contracts;
using ActorDns.Storage.Sqlite;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Host.Tests.Audit;

/// <summary>A configuration with a store beside it, filled as a server fills it: each version of a zone a change from the one before.</summary>
internal sealed class AuditedStore : IAsyncDisposable
{
    public const string Zone = "example.com";
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;
    private readonly Dictionary<string, (long Id, long Version, ZoneSnapshot Current)> _zones = [];
    private Guid _epoch;

    private AuditedStore()
    {
        ConfFile = _folder.Write("named.conf", $"options {{ directory \"{_folder.Root}\"; }};\n");
        _store = new SqliteStore(new SqliteStoreOptions(_folder.File("actordns.db")), TimeProvider.System);
    }

    public string ConfFile { get; }

    public IJournalStore Store => _store;

    /// <summary>The zone at 2026110200, www set at ...01, its TTL changed at ...02, its address at ...03, mail come at ...04.</summary>
    public static async Task<AuditedStore> CreateAsync()
    {
        AuditedStore made = new();
        made._epoch = (await made._store.OpenAsync(TestContext.Current.CancellationToken)).Value!.Epoch;
        await made.PutAsync(2026110200, "", 0, ChangeOrigin.Reload, null);
        await made.PutAsync(2026110201, "www 3600 A 192.0.2.1\n", 1, ChangeOrigin.Update, "terraform");
        await made.PutAsync(2026110202, "www 300 A 192.0.2.1\n", 2, ChangeOrigin.Reload, null);
        await made.PutAsync(2026110203, "www 300 A 192.0.2.9\n", 3, ChangeOrigin.Update, "certbot");
        await made.PutAsync(2026110204, "www 300 A 192.0.2.9\nmail 60 TXT \"a b\" \"c;d\"\n", 4, ChangeOrigin.Update, null);
        return made;
    }

    /// <summary>Runs a command over this store.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        Commands.Program.OursAsync([.. arguments, "-c", ConfFile]);

    /// <summary>Journals the next version of a zone, whose records besides SOA, NS and glue are given as master-file lines.</summary>
    public async Task PutAsync(
        uint serial, string records, int day, ChangeOrigin origin, string? key, string view = "_default", string zone = Zone)
    {
        DomainName name = DomainName.Parse(zone + ".");
        string file = _folder.Write("zone", $"$TTL 3600\n@ SOA ns hostmaster {serial} 7200 900 1209600 300\n@ NS ns\nns A 192.0.2.53\n{records}");
        ZoneSnapshot next = ZoneLoader.Load(name, file, new FileMasterSource(_folder.Root), new ZoneCheckOptions()).Snapshot!;
        CancellationToken ct = TestContext.Current.CancellationToken;
        JournalEntry entry = new()
        {
            SerialTo = new Serial(serial),
            Origin = origin,
            Time = new DateTimeOffset(2026, 11, 2 + day, 9, 14, 3, TimeSpan.Zero),
            Node = "a",
            KeyName = key,
            Peer = origin == ChangeOrigin.Update ? "10.0.3.7#51514" : null,
            Text = "first content, 3 records",
        };
        string at = $"{zone} {view}";
        if (!_zones.TryGetValue(at, out (long Id, long Version, ZoneSnapshot Current) before))
        {
            long id = (await _store.Zones.GetOrAddAsync(new ZoneKey(name, RecordClass.In, view), ct)).Value!.Head.ZoneId;
            long checkpoint = (await _store.Checkpoints.StageAsync(id, 1, new Serial(serial), _epoch, ZoneContent.Write(next), ct)).Value;
            await AppendAsync(new ZoneAppend(id, 0, [entry]) { Checkpoint = checkpoint });
            _zones[at] = (id, 1, next);
            return;
        }

        ZoneChange change = ZoneDiff.Between(before.Current, next);
        await AppendAsync(new ZoneAppend(before.Id, before.Version,
            [entry with { SerialFrom = before.Current.Serial, Wire = change.Wire, Text = change.ToText() }]));
        SnapshotReclaimer.Discard(before.Current);
        _zones[at] = (before.Id, before.Version + 1, next);
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, _, ZoneSnapshot current) in _zones.Values)
            SnapshotReclaimer.Discard(current);
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AppendAsync(ZoneAppend append)
    {
        StoreResult<IReadOnlyList<ZoneOutcome>> result = await _store.Journal.AppendAsync(
            new AppendGroup(Guid.NewGuid(), _epoch, [append]), TestContext.Current.CancellationToken);
        Assert.Equal(ZoneOutcomeStatus.Won, Assert.Single(result.Value!).Status);
    }
}

using System.Globalization;
using System.Net;
using ActorDns.Actors.Notify;
using ActorDns.Actors.Tests.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Tests.Notify;

/// <summary>A notifier on a clock that the test moves, with zones that the test publishes.</summary>
internal sealed class NotifierFixture : IAsyncDisposable
{
    public const string View = "_default";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly ActorSystem _system;
    private readonly Dictionary<(string, DomainName), PublishedZone> _served = [];
    private readonly List<ZoneNotifySettings> _zones = [];
    private ushort _id = 1000;

    public NotifierFixture()
    {
        _system = new ActorSystem("test", Clock, new ActorSystemOptions { OnFailure = failure => Failures.Add(failure.Exception) });
        NotifierServices services = new(new SnapshotLeases(Clock), Lines, name => Resolve(name), () => _id++);
        Notifier = _system.Spawn("notifier", ActorDns.Actors.Notify.Notifier.CreateProps(services));
    }

    public static TsigKey Key { get; } = new(
        DomainName.Parse("k.example."), TsigAlgorithm.HmacSha256, new TsigSecret("0123456789abcdef0123456789abcdef"u8));

    public static NetAddress Address(string text) => NetAddress.From(IPAddress.Parse(text));

    public ManualClock Clock { get; } = new();

    public LogLines Lines { get; } = new();

    public List<Exception> Failures { get; } = [];

    public ActorRef<NotifyCommand> Notifier { get; }

    /// <summary>What the system's resolver answers.</summary>
    public Func<string, Task<IPAddress[]>> Resolve { get; set; } = _ => Task.FromResult<IPAddress[]>([]);

    /// <summary>The settings besides the zones.</summary>
    public NotifierSettings Settings { get; set; } = new();

    public long UnixNow => Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Adds a zone that tells the given servers.</summary>
    public PublishedZone Add(string name, params NetEndpoint[] servers) =>
        Add(name, zone => zone with { AlsoNotify = [.. servers.Select(server => new AlsoNotify(server))] });

    /// <summary>Adds a zone with settings.</summary>
    public PublishedZone Add(string name, Func<ZoneNotifySettings, ZoneNotifySettings> set)
    {
        PublishedZone zone = new(DomainName.Parse(name));
        _served[(View, zone.Origin)] = zone;
        _zones.Add(set(new ZoneNotifySettings { Zone = zone, LogName = $"{zone.Origin.ToLogString()}/IN", View = View }));
        return zone;
    }

    /// <summary>Tells the configuration, and that zones may be told of.</summary>
    public async Task OpenAsync()
    {
        Configure();
        await TellAsync(new NotifyCommand.Open());
    }

    public void Configure() =>
        Assert.True(Notifier.Tell(new NotifyCommand.Configure(Settings with { Zones = [.. _zones], Served = _served })));

    public async Task TellAsync(NotifyCommand command)
    {
        Assert.True(Notifier.Tell(command));
        await Notifier.FlushAsync();
    }

    /// <summary>Serves a serial without telling it.</summary>
    public static void Serve(PublishedZone zone, int serial, string more = "@ NS ns1\nns1 A 192.0.2.1\n")
    {
        MemoryFiles files = new()
        {
            ["zone"] = string.Create(CultureInfo.InvariantCulture, $"$TTL 1h\n@ SOA ns1 hostmaster {serial} 1d 1d 2w 5m\n{more}"),
        };
        ZoneLoadResult result = ZoneLoader.Load(
            zone.Origin, "zone", files, new ZoneCheckOptions { Integrity = false });
        Assert.NotNull(result.Snapshot);
        zone.Publish(result.Snapshot);
    }

    /// <summary>Serves a serial and tells it.</summary>
    public async Task ChangeAsync(PublishedZone zone, int serial)
    {
        Serve(zone, serial);
        await TellAsync(new NotifyCommand.Changed(zone));
    }

    /// <summary>Waits until so many replies have been taken, and the timers set that follow from them.</summary>
    public async Task AnsweredAsync(int count = 1)
    {
        await Lines.WaitForAsync("notify response from", count);
        await Notifier.FlushAsync();
    }

    /// <summary>Moves the clock and waits until what fell due has been done.</summary>
    public async Task AdvanceAsync(double seconds)
    {
        Clock.Advance(TimeSpan.FromSeconds(seconds));
        await Notifier.FlushAsync();
    }

    /// <summary>Fails unless the notifier waits for nothing any more.</summary>
    public Task NoTimersAsync() => Clock.WhenNoTimersAsync().WaitAsync(Deadline, TestContext.Current.CancellationToken);

    public Task<IReadOnlyList<NotifyStatus>> ListAsync(PublishedZone? zone = null) => Notifier.AskAsync<IReadOnlyList<NotifyStatus>>(
        reply => new NotifyCommand.List(zone, reply), Deadline, TestContext.Current.CancellationToken);

    public Task<bool> NowAsync(PublishedZone zone) => Notifier.AskAsync<bool>(
        done => new NotifyCommand.Now(zone, done), Deadline, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        Assert.Empty(Failures);
    }
}

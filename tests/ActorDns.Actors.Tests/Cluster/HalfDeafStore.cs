using ActorDns.Storage.Contracts;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>A store whose signals can get lost, in either direction, as those of a database may.</summary>
internal sealed class HalfDeafStore(IJournalStore inner) : IJournalStore, ICluster, IClusterSignals, IChangeFeed
{
    private volatile Func<string, bool> _losesHeard = static _ => false;
    private volatile Func<string, bool> _losesSent = static _ => false;

    /// <summary>Says which signals do not arrive.</summary>
    public Func<string, bool> LosesHeard
    {
        set => _losesHeard = value;
    }

    /// <summary>Says which signals do not leave, though it looks so.</summary>
    public Func<string, bool> LosesSent
    {
        set => _losesSent = value;
    }

    public IZoneDirectory Zones => inner.Zones;

    /// <summary>The journal, in whose way a test can stand.</summary>
    public HinderedJournal Hindered { get; } = new(inner.Journal);

    public IJournal Journal => Hindered;

    public ICheckpoints Checkpoints => inner.Checkpoints;

    public IAddedZones AddedZones => inner.AddedZones;

    public IRefusals Refusals => inner.Refusals;

    public ILeases Leases => inner.Leases;

    public IKeys Keys => inner.Keys;

    public ICluster? Cluster => this;

    public IClusterMembers Members => inner.Cluster!.Members;

    public IChangeFeed Feed => this;

    /// <summary>True when the feed cannot be read.</summary>
    public bool HasNoFeed { get; set; }

    public IClusterSignals Signals => this;

    public int MaxTextBytes => inner.Cluster!.Signals.MaxTextBytes;

    public ValueTask<StoreResult<StoreIdentity>> OpenAsync(CancellationToken cancellation) => inner.OpenAsync(cancellation);

    public ValueTask<StoreResult<int>> OpenForReadingAsync(CancellationToken cancellation) => inner.OpenForReadingAsync(cancellation);

    public ValueTask<StoreResult<long>> SweepAsync(TimeSpan keepRemovedZones, CancellationToken cancellation) =>
        inner.SweepAsync(keepRemovedZones, cancellation);

    public ValueTask<StoreResult<FeedPosition>> StartAsync(CancellationToken cancellation) => inner.Cluster!.Feed.StartAsync(cancellation);

    public ValueTask<StoreResult<FeedPage>> ReadAsync(FeedPosition position, CancellationToken cancellation) => HasNoFeed
        ? new(new StoreResult<FeedPage>(StoreStatus.Unavailable, "the test has cut it off"))
        : inner.Cluster!.Feed.ReadAsync(position, cancellation);

    public ValueTask<StoreResult<bool>> SendAsync(string text, CancellationToken cancellation) =>
        _losesSent(text) ? new(new StoreResult<bool>(true)) : inner.Cluster!.Signals.SendAsync(text, cancellation);

    public ValueTask<StoreResult<bool>> ListenAsync(Action<string> heard, Action ready, CancellationToken cancellation) =>
        inner.Cluster!.Signals.ListenAsync(
            text =>
            {
                if (!_losesHeard(text))
                    heard(text);
            },
            ready,
            cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}

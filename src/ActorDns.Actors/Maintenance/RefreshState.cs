using ActorDns.Actors.Transfers;
using ActorDns.Actors.Zones;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Maintenance;

/// <summary>What the refresher of a zone knows; outlives a restart of it.</summary>
internal sealed class RefreshState(RefreshServices services)
{
    private static readonly TimeSpan UnreachableMemory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestExpire = TimeSpan.FromDays(168);
    private readonly Dictionary<NetEndpoint, TimeSpan> _unreachable = [];
    private readonly long _started = services.Clock.GetTimestamp();
    private TimeSpan _blindRetry = FirstRetry;
    private DateTimeOffset _remembered;
    private DateTimeOffset _noted;
    private TimeSpan? _expires;

    /// <summary>What all works with.</summary>
    public RefreshServices Services { get; } = services;

    /// <summary>The configuration; null before the first.</summary>
    public RefreshSettings? Settings { get; set; }

    /// <summary>How the zone is restored; null before that is asked for.</summary>
    public RefreshCommand.Start? Restoring { get; set; }

    /// <summary>True once the zone was restored.</summary>
    public bool IsStarted { get; set; }

    /// <summary>The last SOA that was served, whose times hold on after the zone has expired; null when there never was one.</summary>
    public HeldSoa? Soa { get; private set; }

    /// <summary>When a primary is asked next; null while one is asked.</summary>
    public DateTimeOffset? NextRefresh { get; set; }

    /// <summary>How long the zone is served yet; null when it is not. The time of day may jump meanwhile.</summary>
    public TimeSpan? ExpiresIn => _expires - Now;

    /// <summary>Until when the zone is served, by the time of day now; null when it is not.</summary>
    public DateTimeOffset? ExpiresAt => Services.Clock.GetUtcNow() + ExpiresIn;

    private TimeSpan Now => Services.Clock.GetElapsedTime(_started);

    /// <summary>Looks at what is served now.</summary>
    public void ReadSoa() => Soa = HeldSoa.Of(Services.Published, Services.Leases) ?? Soa;

    /// <summary>The primaries that are left alone for now.</summary>
    public IReadOnlySet<NetEndpoint> Skipped()
    {
        foreach ((NetEndpoint primary, TimeSpan until) in _unreachable)
        {
            if (until <= Now)
                _unreachable.Remove(primary);
        }

        return _unreachable.Keys.ToHashSet();
    }

    /// <summary>Notes the primaries that did not answer.</summary>
    public void Skip(IReadOnlyList<NetEndpoint> primaries)
    {
        foreach (NetEndpoint primary in primaries)
            _unreachable[primary] = Now + UnreachableMemory;
    }

    /// <summary>Whoever sends a NOTIFY is there.</summary>
    public void Heard(NetAddress sender)
    {
        foreach (NetEndpoint primary in _unreachable.Keys.Where(primary => primary.Address == sender).ToArray())
            _unreachable.Remove(primary);
    }

    /// <summary>The time to the next question after a good round: REFRESH within its bounds, less up to a quarter.</summary>
    public TimeSpan AfterSuccess()
    {
        _blindRetry = FirstRetry;
        return Jittered(Refresh);
    }

    /// <summary>The time to the next question after a round that failed: RETRY within its bounds, or without an SOA ever longer.</summary>
    public TimeSpan AfterFailure()
    {
        if (Soa is not null)
            return Jittered(Retry);
        TimeSpan wait = _blindRetry;
        _blindRetry = wait * 2 < LongestRetry ? wait * 2 : LongestRetry;
        return Jittered(wait);
    }

    /// <summary>
    /// Sets the time until which the zone is served, by what the primary told of it (RFC 7314 §4): of a version that just came it is taken
    /// as it is, of the one that we have when it is later than ours.
    /// </summary>
    public async ValueTask ExtendAsync(RefreshResult result, CancellationToken ct)
    {
        TimeSpan told = result.ExpireSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Expire;
        TimeSpan left = told < Expire ? told : Expire;
        if (!result.IsTransferred && result.ExpireSeconds is not null && ExpiresIn > left)
            left = ExpiresIn.Value;
        SetExpiry(left);
        DateTimeOffset until = Services.Clock.GetUtcNow() + left;

        // A zone that never changes would otherwise be written at every refresh.
        bool isOld = until - _remembered > Expire / 10 || until < _remembered;
        if (isOld && Services.Journal is { } journal && await journal.RememberExpiryAsync(until, ct).ConfigureAwait(false))
            _remembered = until;
    }

    /// <summary>Sets how long the zone is served, for readers too.</summary>
    public void SetExpiry(TimeSpan? left)
    {
        _expires = Now + left;
        Services.Published.ExpiresAtUnixSeconds = ExpiresAt?.ToUnixTimeSeconds();
        if (Settings is null || ExpiresAt is not { } until || (until - _noted).Duration() <= Expire / 10)
            return;
        _noted = until;
        Services.Writer.Tell(ZoneCommand.ExpiryMoved.Instance);
    }

    /// <summary>EXPIRE of the SOA, at least the time of one refresh and one retry.</summary>
    public TimeSpan Expire => Clamp(Soa?.Expire ?? TimeSpan.Zero, Refresh + Retry, LongestExpire);

    private TimeSpan Refresh => Clamp(Soa?.Refresh ?? TimeSpan.Zero, Settings!.MinRefresh, Settings.MaxRefresh);

    private TimeSpan Retry => Clamp(Soa?.Retry ?? TimeSpan.Zero, Settings!.MinRetry, Settings.MaxRetry);

    private TimeSpan Jittered(TimeSpan wait) => wait * (1 - (Services.Jitter() / 4));

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) =>
        value > most ? (most > least ? most : least) : value < least ? least : value;
}

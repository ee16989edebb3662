using ActorDns.Actors.Transfers;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Maintenance;

/// <summary>What the refresher of a zone knows; outlives a restart of it.</summary>
internal sealed class RefreshState(RefreshServices services)
{
    private static readonly TimeSpan UnreachableMemory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestExpire = TimeSpan.FromDays(168);
    private readonly Dictionary<NetEndpoint, DateTimeOffset> _unreachable = [];
    private TimeSpan _blindRetry = FirstRetry;
    private DateTimeOffset _remembered;

    /// <summary>What all works with.</summary>
    public RefreshServices Services { get; } = services;

    /// <summary>The configuration; null before the first.</summary>
    public RefreshSettings? Settings { get; set; }

    /// <summary>True once the zone was restored.</summary>
    public bool IsStarted { get; set; }

    /// <summary>The last SOA that was served, whose times hold on after the zone has expired; null when there never was one.</summary>
    public HeldSoa? Soa { get; private set; }

    /// <summary>When a primary is asked next; null while one is asked.</summary>
    public DateTimeOffset? NextRefresh { get; set; }

    /// <summary>Until when the zone is served; null when it is not.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Looks at what is served now.</summary>
    public void ReadSoa() => Soa = HeldSoa.Of(Services.Published, Services.Leases) ?? Soa;

    /// <summary>The primaries that are left alone for now.</summary>
    public IReadOnlySet<NetEndpoint> Skipped(DateTimeOffset now)
    {
        foreach ((NetEndpoint primary, DateTimeOffset until) in _unreachable)
        {
            if (until <= now)
                _unreachable.Remove(primary);
        }

        return _unreachable.Keys.ToHashSet();
    }

    /// <summary>Notes the primaries that did not answer.</summary>
    public void Skip(IReadOnlyList<NetEndpoint> primaries, DateTimeOffset now)
    {
        foreach (NetEndpoint primary in primaries)
            _unreachable[primary] = now + UnreachableMemory;
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
    public async ValueTask ExtendAsync(RefreshResult result, DateTimeOffset now, CancellationToken ct)
    {
        TimeSpan told = result.ExpireSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Expire;
        DateTimeOffset until = now + (told < Expire ? told : Expire);
        if (!result.IsTransferred && result.ExpireSeconds is not null && ExpiresAt > until)
            until = ExpiresAt.Value;
        SetExpiry(until);

        // A zone that never changes would otherwise be written at every refresh.
        bool isOld = until - _remembered > Expire / 10 || until < _remembered;
        if (isOld && Services.Journal is { } journal && await journal.RememberExpiryAsync(until, ct).ConfigureAwait(false))
            _remembered = until;
    }

    /// <summary>Sets the time until which the zone is served, for readers too.</summary>
    public void SetExpiry(DateTimeOffset? until)
    {
        ExpiresAt = until;
        Services.Published.ExpiresAtUnixSeconds = until?.ToUnixTimeSeconds();
    }

    /// <summary>EXPIRE of the SOA, at least the time of one refresh and one retry.</summary>
    public TimeSpan Expire => Clamp(Soa?.Expire ?? TimeSpan.Zero, Refresh + Retry, LongestExpire);

    private TimeSpan Refresh => Clamp(Soa?.Refresh ?? TimeSpan.Zero, Settings!.MinRefresh, Settings.MaxRefresh);

    private TimeSpan Retry => Clamp(Soa?.Retry ?? TimeSpan.Zero, Settings!.MinRetry, Settings.MaxRetry);

    private TimeSpan Jittered(TimeSpan wait) => wait * (1 - (Services.Jitter() / 4));

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least, TimeSpan most) =>
        value > most ? (most > least ? most : least) : value < least ? least : value;
}

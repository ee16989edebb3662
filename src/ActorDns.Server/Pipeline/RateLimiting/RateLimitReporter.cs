namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>
/// Turns what a limiter has queued into lines for the log, and finds out which accounts are limited no longer. Called about once
/// a second by one caller that is not a listener.
/// </summary>
/// <param name="limiter">The limiter.</param>
public sealed class RateLimitReporter(RateLimiter limiter)
{
    private readonly Dictionary<long, RateLimitEvent> _limited = [];

    /// <summary>Accounts that the log believes to be limited.</summary>
    public int LimitedAccounts => _limited.Count;

    /// <summary>What the log is to be told now, in order.</summary>
    public IReadOnlyList<RateLimitEvent> Collect(long nowSeconds)
    {
        List<RateLimitEvent> told = [];
        while (limiter.Reports.TryRead(out RateLimitEvent? report))
        {
            _limited[report.Fingerprint] = report;
            told.Add(report);
        }

        List<RateLimitEvent> ended = [];
        foreach (RateLimitEvent known in _limited.Values)
        {
            if (HasEnded(known, nowSeconds, out RateLimitEventKind kind))
                ended.Add(known with { Kind = kind, ErrorRcode = null });
        }

        foreach (RateLimitEvent stop in ended)
            _limited.Remove(stop.Fingerprint);
        told.AddRange(ended);
        return told;
    }

    private bool HasEnded(RateLimitEvent known, long nowSeconds, out RateLimitEventKind kind)
    {
        kind = RateLimitEventKind.Forgotten;
        if (!limiter.Accounts.TryRead(known.Fingerprint, out AccountState state))
            return true;
        kind = RateLimitEventKind.Stopped;
        if (!state.IsLogged)
            return true;
        int rate = limiter.Options.RateOf(known.Category);
        return state.AgeAt(nowSeconds) >= AccountState.StopLogSeconds
            && state.BalanceAt(nowSeconds, rate, limiter.Options.WindowSeconds) >= 0
            && limiter.Accounts.TryReplace(known.Fingerprint, state, state.WithoutLog());
    }
}

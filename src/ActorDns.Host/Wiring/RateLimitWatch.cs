using System.Runtime.CompilerServices;
using ActorDns.Kernel;
using ActorDns.Server.Pipeline.RateLimiting;
using ActorDns.Server.Views;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>Once a second, writes what the rate limiters of the published views have begun or ended to limit.</summary>
internal sealed class RateLimitWatch
{
    public RateLimitWatch(ActorSystem system, PublishedState published, ILogger log) =>
        system.Spawn("rate-limit-watch", () => new Watcher(published, log));

    private sealed record Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed class Watcher(PublishedState published, ILogger log) : Actor<Tick>
    {
        private readonly ConditionalWeakTable<RateLimiter, RateLimitReporter> _reporters = [];

        protected override ValueTask PreStartAsync(ActorContext<Tick> ctx)
        {
            ctx.Timers.StartPeriodic(nameof(Tick), TimeSpan.FromSeconds(1), Tick.Instance);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask ReceiveAsync(Tick message, ActorContext<Tick> ctx)
        {
            long now = ctx.Clock.GetUtcNow().ToUnixTimeSeconds();
            foreach (View view in published.Current.Views.Views)
            {
                if (view.RateLimiter is not { } limiter)
                    continue;
                foreach (RateLimitEvent limited in _reporters.GetValue(limiter, static made => new RateLimitReporter(made)).Collect(now))
                    Log.RateLimit(log, limited.Text);
            }

            return ValueTask.CompletedTask;
        }
    }
}

using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class WatchTests : KernelFixture
{
    private readonly Probe<string> _probe;
    private readonly ActorRef<Step> _watcher;
    private readonly ActorRef<Step> _watched;

    public WatchTests()
    {
        _probe = new Probe<string>(System, "probe");
        _watcher = System.Spawn("watcher", () => new Script());
        _watched = System.Spawn("watched", () => new Script());
    }

    [Fact]
    public async Task Watcher_gets_a_message_of_its_own_when_the_actor_ends()
    {
        await WatchAsync("ended");
        await Guard(_watched.StopAsync());
        await _probe.ExpectAsync("ended test/watched");
    }

    [Fact]
    public async Task Watching_an_actor_that_has_ended_gives_the_notice_at_once()
    {
        await Guard(_watched.StopAsync());
        await WatchAsync("ended");
        await _probe.ExpectAsync("ended test/watched");
    }

    [Fact]
    public async Task Notice_comes_after_what_the_actor_sent_before_its_end()
    {
        Gate gate = new();
        await WatchAsync("ended");
        _watcher.Tell(Wait(gate));
        _watched.Tell(Do((_, ctx) =>
        {
            _watcher.Tell(Do((_, _) => _probe.Ref.Tell("last words")));
            ctx.Stop();
        }));
        await Guard(_watched.Termination);
        gate.Open();
        await _probe.ExpectAsync("last words");
        await _probe.ExpectAsync("ended test/watched");
    }

    [Fact]
    public async Task Notice_needs_no_room_in_the_mailbox()
    {
        Gate gate = new();
        ActorRef<Step> watcher = System.Spawn("small", new Props<Step>(() => new Script()) { MailboxCapacityMessages = 1 });
        watcher.Tell(Do((_, ctx) => ctx.Watch(_watched, _ => Do((_, _) => _probe.Ref.Tell("ended")))));
        await Guard(watcher.FlushAsync());
        watcher.Tell(Wait(gate));
        await Guard(gate.Entered);
        Assert.True(watcher.Tell(Do((_, _) => { })));
        Assert.False(watcher.Tell(Do((_, _) => { })));
        await Guard(_watched.StopAsync());
        gate.Open();
        await _probe.ExpectAsync("ended");
    }

    [Fact]
    public async Task Unwatch_withholds_a_notice_that_waits_already()
    {
        Gate gate = new();
        await WatchAsync("ended");
        _watcher.Tell(async (_, ctx) =>
        {
            await gate.PassAsync();
            ctx.Unwatch(_watched);
        });
        await Guard(_watched.StopAsync());
        gate.Open();
        await Guard(_watcher.FlushAsync());
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Watching_again_replaces_the_function()
    {
        await WatchAsync("first");
        await WatchAsync("second");
        await Guard(_watched.StopAsync());
        await Guard(_watcher.FlushAsync());
        await _probe.ExpectAsync("second test/watched");
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Restart_of_the_watched_actor_is_no_end()
    {
        ActorRef<Step> watched = System.Spawn("restarts", new Props<Step>(() => new Script())
        {
            Supervision = new SupervisorStrategy { InitialBackoff = TimeSpan.Zero },
        });
        _watcher.Tell(Do((_, ctx) => ctx.Watch(watched, _ => Do((_, _) => _probe.Ref.Tell("ended")))));
        await Guard(_watcher.FlushAsync());
        watched.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(watched.FlushAsync());
        await Guard(_watcher.FlushAsync());
        await _probe.ExpectNothingAsync();
        await Guard(watched.StopAsync());
        await _probe.ExpectAsync("ended");
    }

    private Task WatchAsync(string word)
    {
        _watcher.Tell(Do((_, ctx) => ctx.Watch(
            _watched, terminated => Do((_, _) => _probe.Ref.Tell($"{word} {terminated.Actor.Path}")))));
        return Guard(_watcher.FlushAsync());
    }
}

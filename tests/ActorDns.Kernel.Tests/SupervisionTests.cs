using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class SupervisionTests : KernelFixture
{
    private static readonly SupervisorStrategy AtOnce = new() { InitialBackoff = TimeSpan.Zero };
    private readonly Probe<string> _probe;

    public SupervisionTests() => _probe = new Probe<string>(System, "probe");

    [Fact]
    public async Task Restart_makes_a_new_instance_behind_the_same_reference()
    {
        ActorRef<Step> actor = Spawn(AtOnce);
        actor.Tell(Do((self, _) => self.Count = 5));
        actor.Tell(Throw(new InvalidOperationException("broken")));
        actor.Tell(Do((self, _) => _probe.Ref.Tell($"count {self.Count}")));
        await _probe.ExpectAsync("count 0");
    }

    [Fact]
    public async Task Restart_keeps_the_messages_that_wait()
    {
        Gate gate = new();
        ActorRef<Step> actor = Spawn(AtOnce);
        actor.Tell(Wait(gate));
        actor.Tell(Throw(new InvalidOperationException("broken")));
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            actor.Tell(Do((_, _) => _probe.Ref.Tell($"message {number}")));
        }
        gate.Open();
        await _probe.ExpectAsync("message 0");
        await _probe.ExpectAsync("message 1");
        await _probe.ExpectAsync("message 2");
    }

    [Fact]
    public async Task Restart_calls_PreRestart_of_the_old_with_the_message_in_hand_then_PreStart_of_the_new()
    {
        ActorRef<Step> actor = Spawn(AtOnce, hooks: true);
        actor.Tell(Throw(new InvalidOperationException("broken")));
        await _probe.ExpectAsync("PreStart");
        await _probe.ExpectAsync("PreRestart broken with 1 in hand");
        await _probe.ExpectAsync("PreStart");
    }

    [Fact]
    public async Task Restart_waits_for_its_back_off_on_the_clock()
    {
        ActorRef<Step> actor = Spawn(new SupervisorStrategy { InitialBackoff = TimeSpan.FromSeconds(1) }, hooks: true);
        await FailAndAwaitBackOffAsync(actor, restarts: 1);
        await _probe.ExpectAsync("PreStart");
        await _probe.ExpectAsync("PreRestart broken with 1 in hand");
        Clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        await _probe.ExpectNothingAsync();
        Clock.Advance(TimeSpan.FromTicks(1));
        await _probe.ExpectAsync("PreStart");
    }

    [Fact]
    public async Task Back_off_doubles_up_to_its_maximum()
    {
        ActorRef<Step> actor = Spawn(new SupervisorStrategy
        {
            InitialBackoff = TimeSpan.FromSeconds(1),
            MaxBackoff = TimeSpan.FromSeconds(3),
        });
        for (int restarts = 1; restarts <= 4; restarts++)
        {
            await FailAndAwaitBackOffAsync(actor, restarts);
            Clock.Advance(TimeSpan.FromSeconds(3));
            await Guard(actor.FlushAsync());
        }
        Assert.Equal([1, 2, 3, 3], Failures.Select(failure => failure.Backoff.TotalSeconds));
    }

    [Fact]
    public async Task Back_off_starts_again_after_a_window_without_failure()
    {
        ActorRef<Step> actor = Spawn(new SupervisorStrategy
        {
            InitialBackoff = TimeSpan.FromSeconds(1),
            Window = TimeSpan.FromMinutes(1),
        });
        await FailAndAwaitBackOffAsync(actor, restarts: 1);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Guard(actor.FlushAsync());
        Clock.Advance(TimeSpan.FromMinutes(1));
        await FailAndAwaitBackOffAsync(actor, restarts: 2);
        Assert.Equal([1, 1], Failures.Select(failure => failure.Backoff.TotalSeconds));
        await Guard(actor.StopAsync());
    }

    [Fact]
    public async Task Back_off_grows_by_its_random_part()
    {
        Jitter = 0.5;
        ActorRef<Step> actor = Spawn(new SupervisorStrategy { InitialBackoff = TimeSpan.FromSeconds(1), JitterFraction = 0.2 });
        await FailAndAwaitBackOffAsync(actor, restarts: 1);
        Assert.Equal(TimeSpan.FromSeconds(1.1), Failures.Single().Backoff);
    }

    [Fact]
    public async Task Stop_ends_a_back_off()
    {
        ActorRef<Step> actor = Spawn(new SupervisorStrategy { InitialBackoff = TimeSpan.FromSeconds(1) });
        await FailAndAwaitBackOffAsync(actor, restarts: 1);
        await Guard(actor.StopAsync());
    }

    [Fact]
    public async Task Too_many_restarts_in_the_window_stop_the_actor()
    {
        ActorRef<Step> actor = Spawn(AtOnce with { MaxRestarts = 2, WhenExhausted = Directive.Stop });
        for (int i = 0; i < 3; i++)
            actor.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(actor.Termination);
        Assert.Equal([Directive.Restart, Directive.Restart, Directive.Stop], Failures.Select(failure => failure.Directive));
    }

    [Fact]
    public async Task Restarts_are_counted_per_window()
    {
        ActorRef<Step> actor = Spawn(AtOnce with { MaxRestarts = 1, Window = TimeSpan.FromMinutes(1) });
        for (int i = 0; i < 3; i++)
        {
            actor.Tell(Throw(new InvalidOperationException("broken")));
            await Guard(actor.FlushAsync());
            Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal([Directive.Restart, Directive.Restart, Directive.Restart], Failures.Select(failure => failure.Directive));
    }

    [Fact]
    public async Task Too_many_restarts_escalate_to_the_parent()
    {
        ActorRef<Step> parent = Spawn(SupervisorStrategy.AlwaysStop);
        ActorRef<Step> child = await SpawnChildAsync(parent, AtOnce with { MaxRestarts = 1 });
        child.Tell(Throw(new InvalidOperationException("broken")));
        child.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(parent.Termination);
        Assert.Equal(
            [("test/actor/child", Directive.Restart), ("test/actor/child", Directive.Escalate), ("test/actor", Directive.Stop)],
            Failures.Select(failure => (failure.Path, failure.Directive)));
    }

    [Fact]
    public async Task Resume_keeps_the_state_and_drops_the_message()
    {
        ActorRef<Step> actor = Spawn(SupervisorStrategy.AlwaysResume);
        actor.Tell(Do((self, _) => self.Count = 5));
        actor.Tell(Throw(new InvalidOperationException("broken")));
        actor.Tell(Do((self, _) => _probe.Ref.Tell($"count {self.Count}")));
        await _probe.ExpectAsync("count 5");
    }

    [Fact]
    public async Task Directive_is_chosen_by_exception()
    {
        ActorRef<Step> actor = Spawn(AtOnce with
        {
            Decide = exception => exception is TimeoutException ? Directive.Resume : Directive.Stop,
        });
        actor.Tell(Throw(new TimeoutException("slow")));
        actor.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(actor.Termination);
        Assert.Equal([Directive.Resume, Directive.Stop], Failures.Select(failure => failure.Directive));
    }

    [Fact]
    public async Task A_strategy_that_throws_stops_the_actor_and_both_failures_are_reported()
    {
        ActorRef<Step> actor = Spawn(AtOnce with { Decide = _ => throw new NotSupportedException("undecided") });
        actor.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(actor.Termination);
        Assert.Equal(["undecided", "broken"], Failures.Select(failure => failure.Exception.Message));
    }

    [Fact]
    public async Task Failing_start_is_tried_again_and_messages_wait()
    {
        int starts = 0;
        ActorRef<Step> actor = System.Spawn("actor", new Props<Step>(
            () => ++starts < 3 ? throw new InvalidOperationException("no port") : new Script())
        { Supervision = AtOnce });
        actor.Tell(Do((_, _) => _probe.Ref.Tell("handled")));
        await _probe.ExpectAsync("handled");
        Assert.Equal([FailurePoint.Start, FailurePoint.Start], Failures.Select(failure => failure.Point));
    }

    [Fact]
    public async Task Resume_of_a_failing_PreStart_means_restart()
    {
        int starts = 0;
        ActorRef<Step> actor = System.Spawn("actor", new Props<Step>(() => new Script(_ =>
        {
            if (++starts == 1)
                throw new InvalidOperationException("broken");
        }))
        { Supervision = AtOnce with { Decide = _ => Directive.Resume } });
        await Guard(actor.FlushAsync());
        Assert.Equal(2, starts);
        Assert.Equal(Directive.Restart, Failures.Single().Directive);
    }

    [Fact]
    public async Task PostStop_does_not_follow_a_PreStart_that_failed()
    {
        ActorRef<Step> actor = System.Spawn("actor", new Props<Step>(() => new Script(hook =>
        {
            _probe.Ref.Tell(hook);
            if (hook == "PreStart")
                throw new InvalidOperationException("broken");
        }))
        { Supervision = SupervisorStrategy.AlwaysStop });
        await Guard(actor.Termination);
        await _probe.ExpectAsync("PreStart");
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Parent_that_restarts_stops_its_children_and_gets_no_notice_of_it()
    {
        ActorRef<Step> parent = Spawn(AtOnce);
        ActorRef<Step> child = await SpawnChildAsync(parent, AtOnce);
        parent.Tell(Do((_, ctx) => ctx.Watch(child, _ => Do((_, _) => _probe.Ref.Tell("notice")))));
        parent.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(parent.FlushAsync());
        Assert.True(child.IsTerminated);
        await Guard(parent.FlushAsync());
        await _probe.ExpectNothingAsync();
    }

    [Fact]
    public async Task Child_whose_parent_resumes_goes_on_with_its_state()
    {
        ActorRef<Step> parent = Spawn(SupervisorStrategy.AlwaysResume);
        ActorRef<Step> child = await SpawnChildAsync(parent, SupervisorStrategy.AlwaysEscalate);
        child.Tell(Do((self, _) => self.Count = 5));
        child.Tell(Throw(new InvalidOperationException("broken")));
        child.Tell(Do((self, _) => _probe.Ref.Tell($"count {self.Count}")));
        await _probe.ExpectAsync("count 5");
    }

    [Fact]
    public async Task Escalation_restarts_the_parent_with_the_childs_exception()
    {
        ActorRef<Step> parent = Spawn(AtOnce, hooks: true);
        ActorRef<Step> child = await SpawnChildAsync(parent, SupervisorStrategy.AlwaysEscalate);
        child.Tell(Throw(new InvalidOperationException("from below")));
        await _probe.ExpectAsync("PreStart");
        await _probe.ExpectAsync("PreRestart from below with 0 in hand");
        await _probe.ExpectAsync("PreStart");
        Assert.True(child.IsTerminated);
    }

    [Fact]
    public async Task Escalation_over_two_levels_resumes_both()
    {
        ActorRef<Step> top = Spawn(SupervisorStrategy.AlwaysResume);
        ActorRef<Step> middle = await SpawnChildAsync(top, SupervisorStrategy.AlwaysEscalate);
        ActorRef<Step> bottom = await SpawnChildAsync(middle, SupervisorStrategy.AlwaysEscalate);
        bottom.Tell(Throw(new InvalidOperationException("broken")));
        bottom.Tell(Do((_, _) => _probe.Ref.Tell("bottom")));
        await _probe.ExpectAsync("bottom");
        middle.Tell(Do((_, _) => _probe.Ref.Tell("middle")));
        await _probe.ExpectAsync("middle");
    }

    [Fact]
    public async Task Escalation_of_a_top_level_actor_stops_it()
    {
        ActorRef<Step> actor = Spawn(SupervisorStrategy.AlwaysEscalate);
        actor.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(actor.Termination);
        Assert.Equal(Directive.Escalate, Failures.Single().Directive);
    }

    [Fact]
    public async Task A_failure_sink_that_throws_harms_nobody()
    {
        await using ActorSystem system = new("noisy", Clock, new ActorSystemOptions
        {
            OnFailure = _ => throw new InvalidOperationException("sink"),
        });
        ActorRef<Step> actor = system.Spawn("actor", new Props<Step>(() => new Script()) { Supervision = AtOnce });
        actor.Tell(Throw(new InvalidOperationException("broken")));
        actor.Tell(Do((_, _) => _probe.Ref.Tell("alive")));
        await _probe.ExpectAsync("alive");
    }

    private ActorRef<Step> Spawn(SupervisorStrategy strategy, bool hooks = false) =>
        System.Spawn("actor", new Props<Step>(() => new Script(hooks ? Hook : null)) { Supervision = strategy });

    private void Hook(string hook) => _probe.Ref.Tell(hook);

    private static Task<ActorRef<Step>> SpawnChildAsync(ActorRef<Step> parent, SupervisorStrategy strategy) =>
        Guard(parent.AskAsync<ActorRef<Step>>(reply => Do((_, ctx) => reply.Reply(
            ctx.Spawn("child", new Props<Step>(() => new Script()) { Supervision = strategy }))), Timeout.InfiniteTimeSpan, TestEnd));

    /// <summary>Returns when the back-off is armed: the clock has one more timer.</summary>
    private async Task FailAndAwaitBackOffAsync(ActorRef<Step> actor, int restarts)
    {
        Task armed = Clock.WhenTimersAsync(1);
        actor.Tell(Throw(new InvalidOperationException("broken")));
        await Guard(armed);
        Assert.Equal(restarts, Failures.Last().Restarts);
    }
}

namespace ActorDns.Kernel.Tests;

public sealed class DedicatedThreadActorTests : KernelFixture
{
    private static readonly SupervisorStrategy AtOnce = new() { InitialBackoff = TimeSpan.Zero };
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Probe<string> _probe;

    public DedicatedThreadActorTests() => _probe = new Probe<string>(System, "probe");

    [Fact]
    public async Task Tell_wakes_the_loop_which_takes_the_message_on_its_own_named_background_thread()
    {
        ActorRef<string> actor = Spawn(AtOnce);
        await _probe.ExpectAsync("run 1");
        actor.Tell("thread");
        await _probe.ExpectAsync("test/listener, background True, pool False");
    }

    [Fact]
    public async Task Messages_come_in_order()
    {
        ActorRef<string> actor = Spawn(AtOnce);
        await _probe.ExpectAsync("run 1");
        for (int i = 0; i < 100; i++)
            Assert.True(await Guard(actor.TellAsync($"{i}", TestEnd)));
        for (int i = 0; i < 100; i++)
            await _probe.ExpectAsync($"{i}");
    }

    [Fact]
    public async Task Stop_wakes_the_loop_and_PostStop_follows_its_end()
    {
        ActorRef<string> actor = Spawn(AtOnce);
        await _probe.ExpectAsync("run 1");
        await Guard(actor.StopAsync());
        await _probe.ExpectAsync("run ended");
        await _probe.ExpectAsync("PostStop");
    }

    [Fact]
    public async Task StopAfterDrain_lets_the_loop_take_what_waits()
    {
        ActorRef<string> actor = Spawn(AtOnce);
        await _probe.ExpectAsync("run 1");
        actor.Tell("last");
        await Guard(actor.StopAfterDrainAsync());
        await _probe.ExpectAsync("last");
        await _probe.ExpectAsync("run ended");
    }

    [Fact]
    public async Task Failing_loop_restarts_as_a_new_instance_and_keeps_the_mailbox()
    {
        ActorRef<string> actor = Spawn(AtOnce);
        await _probe.ExpectAsync("run 1");
        actor.Tell("fail");
        actor.Tell("kept");
        await _probe.ExpectAsync("PostStop");
        await _probe.ExpectAsync("run 2");
        await _probe.ExpectAsync("kept");
    }

    [Fact]
    public async Task Failing_loop_restarts_after_its_back_off_on_the_clock()
    {
        ActorRef<string> actor = Spawn(new SupervisorStrategy { InitialBackoff = TimeSpan.FromSeconds(1) });
        await _probe.ExpectAsync("run 1");
        Task armed = Clock.WhenTimersAsync(1);
        actor.Tell("fail");
        await Guard(armed);
        await _probe.ExpectAsync("PostStop");
        await _probe.ExpectNothingAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));
        await _probe.ExpectAsync("run 2");
    }

    [Fact]
    public async Task Resume_runs_the_same_instance_again_after_its_back_off()
    {
        ActorRef<string> actor = Spawn(SupervisorStrategy.AlwaysResume with { InitialBackoff = TimeSpan.FromSeconds(1) });
        await _probe.ExpectAsync("run 1");
        Task armed = Clock.WhenTimersAsync(1);
        actor.Tell("fail");
        await Guard(armed);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await _probe.ExpectAsync("run 1");
    }

    [Fact]
    public async Task Loop_that_returns_stops_the_actor()
    {
        ActorRef<string> actor = Spawn(AtOnce);
        actor.Tell("return");
        await Guard(actor.Termination);
    }

    [Fact]
    public async Task Too_many_failures_stop_the_actor()
    {
        ActorRef<string> actor = Spawn(AtOnce with { MaxRestarts = 1, WhenExhausted = Directive.Stop });
        actor.Tell("fail");
        actor.Tell("fail");
        await Guard(actor.Termination);
        Assert.Equal([Directive.Restart, Directive.Stop], Failures.Select(failure => failure.Directive));
    }

    [Fact]
    public async Task Timer_wakes_the_loop()
    {
        ActorRef<string> actor = Spawn(AtOnce);
        actor.Tell("timer");
        await Guard(actor.FlushAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));
        await _probe.ExpectAsync("run 1");
        await _probe.ExpectAsync("tick");
    }

    [Fact]
    public async Task Wake_that_throws_is_reported_and_the_message_stays_sent()
    {
        await using ActorSystem system = new("other", Clock, new ActorSystemOptions { OnFailure = Failures.Enqueue });
        ManualResetEventSlim started = new();
        ActorRef<string> actor = system.Spawn("broken", () => new BrokenWake(started));
        await Guard(Task.Run(() => started.Wait(TestEnd), TestEnd));
        Assert.True(actor.Tell("hello"));
        await Guard(actor.Termination);
        Assert.Contains(Failures, failure => failure.Point == FailurePoint.Hook);
    }

    [Fact]
    public async Task Failure_of_a_child_is_thrown_in_the_loop()
    {
        ActorRef<string> actor = Spawn(SupervisorStrategy.AlwaysStop);
        actor.Tell("spawn failing child");
        await Guard(actor.Termination);
        Assert.Equal(
            [("test/listener/child", Directive.Escalate), ("test/listener", Directive.Stop)],
            Failures.Select(failure => (failure.Path, failure.Directive)));
    }

    private ActorRef<string> Spawn(SupervisorStrategy strategy)
    {
        int instances = 0;
        return System.Spawn("listener", new Props<string>(() => new Listener(++instances, _wake, _probe.Ref)) { Supervision = strategy });
    }

    private sealed class Listener(int instance, SemaphoreSlim wake, ActorRef<string> probe) : DedicatedThreadActor<string>
    {
        protected override void Wake() => wake.Release();

        protected override void Run(DedicatedContext<string> ctx)
        {
            probe.Tell($"run {instance}");
            while (!ctx.StopRequested)
            {
                while (ctx.TryTake(out string? message))
                {
                    if (message == "return")
                        return;
                    Handle(message, ctx);
                }
                if (!ctx.StopRequested)
                    wake.Wait(CancellationToken.None);
            }
            probe.Tell("run ended");
        }

        protected override ValueTask PostStopAsync(ActorContext<string> ctx)
        {
            probe.Tell("PostStop");
            return ValueTask.CompletedTask;
        }

        private void Handle(string message, DedicatedContext<string> ctx)
        {
            switch (message)
            {
                case "fail":
                    throw new InvalidOperationException("broken");
                case "thread":
                    Thread thread = Thread.CurrentThread;
                    probe.Tell($"{thread.Name}, background {thread.IsBackground}, pool {thread.IsThreadPoolThread}");
                    break;
                case "timer":
                    ctx.Actor.Timers.StartSingle("t", TimeSpan.FromSeconds(1), "tick");
                    break;
                case "spawn failing child":
                    ctx.Actor.Spawn("child", new Props<string>(() => throw new InvalidOperationException("child"))
                    {
                        Supervision = SupervisorStrategy.AlwaysEscalate,
                    });
                    break;
                default:
                    probe.Tell(message);
                    break;
            }
        }
    }

    private sealed class BrokenWake(ManualResetEventSlim started) : DedicatedThreadActor<string>
    {
        protected override void Wake() => throw new InvalidOperationException("no wake");

        protected override void Run(DedicatedContext<string> ctx)
        {
            started.Set();
            SpinWait.SpinUntil(() => ctx.TryTake(out _));
        }
    }
}

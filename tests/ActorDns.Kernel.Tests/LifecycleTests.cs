using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class LifecycleTests : KernelFixture
{
    private readonly Probe<string> _probe;

    public LifecycleTests() => _probe = new Probe<string>(System, "probe");

    [Fact]
    public async Task Stop_finishes_the_message_in_hand_then_runs_PostStop()
    {
        Gate gate = new();
        ActorRef<Step> actor = System.Spawn("actor", () => new Script(Hook));
        actor.Tell(async (_, _) =>
        {
            await gate.PassAsync();
            _probe.Ref.Tell("finished");
        });
        await Guard(gate.Entered);
        Task stopped = actor.StopAsync();
        gate.Open();
        await Guard(stopped);
        await _probe.ExpectAsync("PreStart");
        await _probe.ExpectAsync("finished");
        await _probe.ExpectAsync("PostStop");
    }

    [Fact]
    public async Task Messages_left_at_a_stop_are_dead_letters()
    {
        Gate gate = new();
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Step left = Do((_, _) => _probe.Ref.Tell("handled"));
        actor.Tell(Wait(gate));
        await Guard(gate.Entered);
        actor.Tell(left);
        actor.Tell(left);
        Task stopped = actor.StopAsync();
        gate.Open();
        await Guard(stopped);
        await _probe.ExpectNothingAsync();
        DeadLetter expected = new(left, "test/actor", DeadLetterReason.LeftBehind);
        Assert.Equal([expected, expected], DeadLetters);
        Assert.Equal(2, System.DeadLetterCount);
    }

    [Fact]
    public async Task Tell_to_a_stopped_actor_is_refused_and_a_dead_letter()
    {
        await Guard(_probe.Ref.StopAsync());
        Assert.False(_probe.Ref.Tell("hello"));
        Assert.Equal([new DeadLetter("hello", "test/probe", DeadLetterReason.RecipientStopped)], DeadLetters);
    }

    [Fact]
    public async Task StopAfterDrain_handles_everything_that_waits_first()
    {
        Gate gate = new();
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        actor.Tell(Wait(gate));
        actor.Tell(Do((_, _) => _probe.Ref.Tell("last")));
        Task stopped = actor.StopAfterDrainAsync();
        Assert.False(actor.Tell(Do((_, _) => _probe.Ref.Tell("too late"))));
        gate.Open();
        await Guard(stopped);
        await _probe.ExpectAsync("last");
        await _probe.ExpectNothingAsync();
        Assert.Equal(1, System.DeadLetterCount);
    }

    [Fact]
    public async Task Actor_can_stop_itself()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        actor.Tell(Do((_, ctx) => ctx.Stop()));
        await Guard(actor.Termination);
    }

    [Fact]
    public async Task Stop_ends_children_before_PostStop_of_the_parent()
    {
        ActorRef<Step> parent = System.Spawn("parent", () => new Script(hook => Hook($"parent {hook}")));
        ActorRef<Step> child = await SpawnAsync(parent, "child", hook => Hook($"child {hook}"));
        await SpawnAsync(child, "grandchild", hook => Hook($"grandchild {hook}"));
        await Guard(parent.StopAsync());
        foreach (string expected in new[]
        {
            "parent PreStart", "child PreStart", "grandchild PreStart",
            "grandchild PostStop", "child PostStop", "parent PostStop",
        })
        {
            await _probe.ExpectAsync(expected);
        }
    }

    [Fact]
    public async Task Parent_can_stop_a_child()
    {
        ActorRef<Step> parent = System.Spawn("parent", () => new Script());
        ActorRef<Step> child = await SpawnAsync(parent, "child");
        parent.Tell(Do((_, ctx) => ctx.Stop(child)));
        await Guard(child.Termination);
        Assert.False(parent.IsTerminated);
    }

    [Fact]
    public async Task Only_the_parent_can_stop_a_child_by_its_context()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        actor.Tell(Do((_, ctx) => Assert.Throws<ArgumentException>(() => ctx.Stop(_probe.Ref))));
        await Guard(actor.FlushAsync());
        Assert.Empty(Failures);
        Assert.False(_probe.Ref.IsTerminated);
    }

    [Fact]
    public async Task Stop_cancels_the_token_of_a_turn_that_waits()
    {
        Gate gate = new();
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        actor.Tell(async (_, ctx) => await gate.PassAsync().WaitAsync(ctx.Stopping));
        await Guard(gate.Entered);
        await Guard(actor.StopAsync());
        Assert.Empty(Failures);
    }

    [Fact]
    public async Task Failing_PostStop_is_reported_and_the_stop_goes_on()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script(hook =>
        {
            if (hook == "PostStop")
                throw new InvalidOperationException("broken");
        }));
        await Guard(actor.FlushAsync());
        await Guard(actor.StopAsync());
        Assert.Equal(FailurePoint.PostStop, Failures.Single().Point);
    }

    [Fact]
    public async Task Name_is_unique_among_living_siblings_and_free_again_afterwards()
    {
        ActorRef<Step> first = System.Spawn("actor", () => new Script());
        Assert.Throws<InvalidOperationException>(() => System.Spawn("actor", () => new Script()));
        await Guard(first.StopAsync());
        Assert.Equal("test/actor", System.Spawn("actor", () => new Script()).Path);
    }

    [Fact]
    public void Generated_names_differ() =>
        Assert.NotEqual(System.Spawn(null, () => new Script()).Name, System.Spawn(null, () => new Script()).Name);

    [Fact]
    public async Task Context_lists_the_children_that_live()
    {
        ActorRef<Step> parent = System.Spawn("parent", () => new Script());
        ActorRef<Step> gone = await SpawnAsync(parent, "gone");
        ActorRef<Step> child = await SpawnAsync(parent, "child");
        await Guard(gone.StopAsync());
        IReadOnlyList<ActorRef> children = await Guard(parent.AskAsync<IReadOnlyList<ActorRef>>(
            reply => Do((_, ctx) => reply.Reply(ctx.Children)), Timeout.InfiniteTimeSpan, TestEnd));
        Assert.Equal([child], children);
    }

    [Fact]
    public async Task System_stop_ends_every_actor_and_refuses_new_ones()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Assert.Empty(await Guard(System.StopAsync(TimeSpan.FromSeconds(1))));
        Assert.True(actor.IsTerminated);
        Assert.Throws<InvalidOperationException>(() => System.Spawn("late", () => new Script()));
    }

    [Fact]
    public async Task System_stop_names_the_actors_that_miss_the_deadline()
    {
        Gate gate = new();
        ActorRef<Step> actor = System.Spawn("stuck", () => new Script());
        actor.Tell(Wait(gate));
        await Guard(gate.Entered);
        Task<IReadOnlyList<string>> stopping = System.StopAsync(TimeSpan.FromSeconds(5));
        await Guard(_probe.Ref.Termination);
        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["test/stuck"], await Guard(stopping));
        gate.Open();
        await Guard(actor.Termination);
    }

    private void Hook(string hook) => _probe.Ref.Tell(hook);

    private static async Task<ActorRef<Step>> SpawnAsync(ActorRef<Step> parent, string name, Action<string>? hooks = null)
    {
        ActorRef<Step> child = await Guard(parent.AskAsync<ActorRef<Step>>(
            reply => Do((_, ctx) => reply.Reply(ctx.Spawn(name, () => new Script(hooks)))), Timeout.InfiniteTimeSpan, TestEnd));
        await Guard(child.FlushAsync());
        return child;
    }
}

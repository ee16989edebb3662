using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class StashAndPipeTests : KernelFixture
{
    private readonly Probe<string> _probe;
    private readonly ActorRef<Step> _actor;

    public StashAndPipeTests()
    {
        _probe = new Probe<string>(System, "probe");
        _actor = System.Spawn("actor", new Props<Step>(() => new Script())
        {
            StashCapacityMessages = 2,
            Supervision = new SupervisorStrategy { InitialBackoff = TimeSpan.Zero },
        });
    }

    [Fact]
    public async Task Unstashed_messages_come_in_order_before_those_that_wait()
    {
        Gate gate = new();
        Put("first");
        Put("second");
        _actor.Tell(async (_, ctx) =>
        {
            await gate.PassAsync();
            ctx.Stash.UnstashAll();
        });
        _actor.Tell(Say("third"));
        gate.Open();
        await _probe.ExpectAsync("first");
        await _probe.ExpectAsync("second");
        await _probe.ExpectAsync("third");
    }

    [Fact]
    public async Task Messages_put_aside_while_unstashing_come_before_the_rest_at_the_next_unstash()
    {
        _actor.Tell(Do((_, ctx) =>
        {
            ctx.Stash.TryPut(Do((_, inner) =>
            {
                inner.Stash.TryPut(Say("again"));
                inner.Stash.UnstashAll();
            }));
            ctx.Stash.TryPut(Say("rest"));
            ctx.Stash.UnstashAll();
        }));
        await _probe.ExpectAsync("again");
        await _probe.ExpectAsync("rest");
    }

    [Fact]
    public async Task Full_stash_refuses()
    {
        List<bool> taken = [];
        _actor.Tell(Do((_, ctx) =>
        {
            for (int i = 0; i < 3; i++)
                taken.Add(ctx.Stash.TryPut(Say("x")));
        }));
        await Guard(_actor.FlushAsync());
        Assert.Equal([true, true, false], taken);
    }

    [Fact]
    public async Task Restart_unstashes_for_the_new_instance()
    {
        Put("kept");
        _actor.Tell(Throw(new InvalidOperationException("broken")));
        await _probe.ExpectAsync("kept");
    }

    [Fact]
    public async Task Messages_put_aside_at_a_stop_are_dead_letters()
    {
        Put("lost");
        await Guard(_actor.FlushAsync());
        await Guard(_actor.StopAsync());
        Assert.Equal(DeadLetterReason.LeftBehind, DeadLetters.Single().Reason);
    }

    [Fact]
    public async Task Piped_result_arrives_as_a_message_and_the_actor_goes_on_meanwhile()
    {
        TaskCompletionSource<int> work = new();
        Pipe(work.Task);
        _actor.Tell(Say("meanwhile"));
        await _probe.ExpectAsync("meanwhile");
        work.SetResult(8);
        await _probe.ExpectAsync("result 8");
    }

    [Fact]
    public async Task Piped_failure_arrives_as_a_message()
    {
        Pipe(Task.FromException<int>(new InvalidOperationException("broken")));
        await _probe.ExpectAsync("failure broken");
        Assert.Empty(Failures);
    }

    [Fact]
    public async Task Piped_result_for_a_stopped_actor_is_a_dead_letter()
    {
        TaskCompletionSource<int> work = new();
        Pipe(work.Task);
        await Guard(_actor.FlushAsync());
        await Guard(_actor.StopAsync());
        work.SetResult(8);
        Assert.Equal(new DeadLetter(8, "test/actor", DeadLetterReason.RecipientStopped), await NextDeadLetterAsync());
    }

    [Fact]
    public async Task Function_that_fails_to_make_a_message_is_a_failure_of_the_actor()
    {
        _actor.Tell(Do((_, ctx) => ctx.PipeToSelf<int>(
            Task.FromResult(1), _ => throw new InvalidOperationException("no message"), _ => Say("x"))));
        _actor.Tell(Say("alive"));
        await _probe.ExpectAsync("alive");
        await Guard(_actor.FlushAsync());
        Assert.Equal("no message", Failures.Single().Exception.Message);
    }

    [Fact]
    public async Task Reply_to_self_arrives_as_a_message_once()
    {
        List<bool> taken = [];
        _actor.Tell(Do((_, ctx) =>
        {
            ReplyTo<int> address = ctx.ReplyToSelf<int>(number => Say($"reply {number}"));
            taken.Add(address.Reply(1));
            taken.Add(address.Reply(2));
        }));
        await _probe.ExpectAsync("reply 1");
        Assert.Equal([true, false], taken);
        Assert.Equal(DeadLetterReason.LateReply, DeadLetters.Single().Reason);
    }

    private Step Say(string word) => Do((_, _) => _probe.Ref.Tell(word));

    private void Put(string word) => _actor.Tell(Do((_, ctx) => ctx.Stash.TryPut(Say(word))));

    private void Pipe(Task<int> task) => _actor.Tell(Do((_, ctx) => ctx.PipeToSelf(
        task, number => Say($"result {number}"), failure => Say($"failure {failure.Message}"))));
}

using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class AskTests : KernelFixture
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Ask_gives_the_reply()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Assert.Equal(42, await Guard(actor.AskAsync<int>(reply => Do((_, _) => reply.Reply(42)), Deadline, TestEnd)));
    }

    [Fact]
    public async Task Ask_expires_at_its_deadline_by_the_systems_clock()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Task<int> ask = actor.AskAsync<int>(_ => Do((_, _) => { }), Deadline, TestEnd);
        Clock.Advance(Deadline);
        AskTimeoutException timeout = await Assert.ThrowsAsync<AskTimeoutException>(() => Guard(ask));
        Assert.Equal("test/actor", timeout.Path);
    }

    [Fact]
    public async Task Ask_does_not_expire_before_its_deadline()
    {
        Gate gate = new();
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Task<int> ask = actor.AskAsync<int>(reply => async (_, _) =>
        {
            await gate.PassAsync();
            reply.Reply(7);
        }, Deadline, TestEnd);
        Clock.Advance(Deadline - TimeSpan.FromTicks(1));
        gate.Open();
        Assert.Equal(7, await Guard(ask));
    }

    [Fact]
    public async Task TryAsk_reports_a_timeout_as_a_value()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Task<AskResult<int>> ask = actor.TryAskAsync<int>(_ => Do((_, _) => { }), Deadline, TestEnd);
        Clock.Advance(Deadline);
        AskResult<int> result = await Guard(ask);
        Assert.Equal(AskStatus.TimedOut, result.Status);
        Assert.False(result.TryGetReply(out _));
    }

    [Fact]
    public async Task Late_reply_is_refused_and_a_dead_letter()
    {
        Gate gate = new();
        bool? taken = null;
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Task<AskResult<string>> ask = actor.TryAskAsync<string>(reply => async (_, _) =>
        {
            await gate.PassAsync();
            taken = reply.Reply("late");
        }, Deadline, TestEnd);
        Clock.Advance(Deadline);
        await Guard(ask);
        gate.Open();
        await Guard(actor.FlushAsync());
        Assert.False(taken);
        Assert.Equal([new DeadLetter("late", "test/actor", DeadLetterReason.LateReply)], DeadLetters);
    }

    [Fact]
    public async Task Second_reply_is_a_dead_letter()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        int first = await Guard(actor.AskAsync<int>(reply => Do((_, _) =>
        {
            reply.Reply(1);
            reply.Reply(2);
        }), Deadline, TestEnd));
        await Guard(actor.FlushAsync());
        Assert.Equal(1, first);
        Assert.Equal([new DeadLetter(2, "test/actor", DeadLetterReason.LateReply)], DeadLetters);
    }

    [Fact]
    public async Task Ask_of_a_full_mailbox_is_rejected_at_once()
    {
        Gate gate = new();
        ActorRef<Step> actor = System.Spawn("actor", new Props<Step>(() => new Script()) { MailboxCapacityMessages = 1 });
        actor.Tell(Wait(gate));
        await Guard(gate.Entered);
        actor.Tell(Do((_, _) => { }));
        await Assert.ThrowsAsync<AskRejectedException>(
            () => Guard(actor.AskAsync<int>(reply => Do((_, _) => reply.Reply(1)), Deadline, TestEnd)));
        gate.Open();
    }

    [Fact]
    public async Task Ask_of_a_stopped_actor_is_rejected()
    {
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        await Guard(actor.StopAsync());
        AskResult<int> result = await Guard(actor.TryAskAsync<int>(reply => Do((_, _) => reply.Reply(1)), Deadline, TestEnd));
        Assert.Equal(AskStatus.Rejected, result.Status);
    }

    [Fact]
    public async Task Cancelled_ask_throws_and_its_reply_is_a_dead_letter()
    {
        Gate gate = new();
        using CancellationTokenSource cancel = new();
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Task<int> ask = actor.AskAsync<int>(reply => async (_, _) =>
        {
            await gate.PassAsync();
            reply.Reply(3);
        }, Deadline, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Guard(ask));
        gate.Open();
        await Guard(actor.FlushAsync());
        Assert.Equal([new DeadLetter(3, "test/actor", DeadLetterReason.LateReply)], DeadLetters);
    }

    [Fact]
    public async Task Reply_address_may_be_passed_on_to_another_actor()
    {
        ActorRef<Step> second = System.Spawn("second", () => new Script());
        ActorRef<Step> first = System.Spawn("first", () => new Script());
        string answer = await Guard(first.AskAsync<string>(
            reply => Do((_, _) => second.Tell(Do((_, ctx) => reply.Reply(ctx.Self.Name)))), Deadline, TestEnd));
        Assert.Equal("second", answer);
    }
}

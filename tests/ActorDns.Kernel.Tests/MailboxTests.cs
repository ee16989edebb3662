using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class MailboxTests : KernelFixture
{
    private const int Messages = 5_000;

    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order()
    {
        Probe<int> probe = new(System);
        for (int i = 0; i < Messages; i++)
            Assert.True(await Guard(probe.Ref.TellAsync(i, TestEnd)));
        for (int i = 0; i < Messages; i++)
            Assert.Equal(i, await probe.ReceiveAsync());
    }

    [Fact]
    public async Task Messages_of_several_senders_arrive_in_order_per_sender()
    {
        Probe<(int Sender, int Number)> probe = new(System);
        await Guard(Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() => SendAsync(sender), TestEnd))));

        int[] next = new int[4];
        for (int i = 0; i < 4 * Messages; i++)
        {
            (int sender, int number) = await probe.ReceiveAsync();
            Assert.Equal(next[sender]++, number);
        }

        async Task SendAsync(int sender)
        {
            for (int i = 0; i < Messages; i++)
                await probe.Ref.TellAsync((sender, i), TestEnd);
        }
    }

    [Fact]
    public async Task Turns_of_one_actor_never_overlap()
    {
        int inside = 0;
        int overlaps = 0;
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        Step step = async (_, _) =>
        {
            overlaps += Interlocked.Increment(ref inside) - 1;
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        };
        await Guard(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(SendAsync, TestEnd))));
        await Guard(actor.FlushAsync());
        Assert.Equal(0, overlaps);

        async Task SendAsync()
        {
            for (int i = 0; i < 500; i++)
                await actor.TellAsync(step, TestEnd);
        }
    }

    [Fact]
    public async Task Tell_to_a_full_mailbox_is_refused_and_no_dead_letter()
    {
        Gate gate = new();
        ActorRef<Step> actor = await BusyActorAsync(gate, capacity: 2);
        Assert.True(actor.Tell(Do((_, _) => { })));
        Assert.True(actor.Tell(Do((_, _) => { })));
        Assert.False(actor.Tell(Do((_, _) => { })));
        Assert.Equal(0, System.DeadLetterCount);
        gate.Open();
    }

    [Fact]
    public async Task A_message_that_was_refused_is_not_handled()
    {
        Gate gate = new();
        List<string> handled = [];
        ActorRef<Step> actor = await BusyActorAsync(gate, capacity: 1);
        actor.Tell(Do((_, _) => handled.Add("kept")));
        actor.Tell(Do((_, _) => handled.Add("refused")));
        gate.Open();
        await Guard(actor.FlushAsync());
        Assert.Equal(["kept"], handled);
    }

    [Fact]
    public async Task TellAsync_waits_until_there_is_room()
    {
        Gate gate = new();
        ActorRef<Step> actor = await BusyActorAsync(gate, capacity: 1);
        actor.Tell(Do((_, _) => { }));
        ValueTask<bool> waiting = actor.TellAsync(Do((_, _) => { }), TestEnd);
        Assert.False(waiting.IsCompleted);
        gate.Open();
        Assert.True(await Guard(waiting));
    }

    [Fact]
    public async Task TellAsync_that_waits_for_room_can_be_cancelled()
    {
        Gate gate = new();
        ActorRef<Step> actor = await BusyActorAsync(gate, capacity: 1);
        actor.Tell(Do((_, _) => { }));
        using CancellationTokenSource cancel = new();
        ValueTask<bool> waiting = actor.TellAsync(Do((_, _) => { }), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Guard(waiting));
        gate.Open();
    }

    [Fact]
    public async Task Every_TellAsync_that_waits_learns_that_the_actor_stops()
    {
        Gate gate = new();
        ActorRef<Step> actor = await BusyActorAsync(gate, capacity: 1);
        actor.Tell(Do((_, _) => { }));
        Task<bool>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => actor.TellAsync(Do((_, _) => { }), TestEnd).AsTask())];
        Task stopped = actor.StopAsync();
        bool[] answers = await Guard(Task.WhenAll(waiting));
        Assert.Equal(new bool[5], answers);
        gate.Open();
        await Guard(stopped);
    }

    [Fact]
    public async Task Flush_completes_after_what_was_told_before_it()
    {
        int handled = 0;
        ActorRef<Step> actor = System.Spawn("actor", () => new Script());
        for (int i = 0; i < 1_000; i++)
            actor.Tell(Do((_, _) => handled++));
        await Guard(actor.FlushAsync());
        Assert.Equal(1_000, handled);
    }

    private async Task<ActorRef<Step>> BusyActorAsync(Gate gate, int capacity)
    {
        ActorRef<Step> actor = System.Spawn("busy", new Props<Step>(() => new Script()) { MailboxCapacityMessages = capacity });
        actor.Tell(Wait(gate));
        await Guard(gate.Entered);
        return actor;
    }
}

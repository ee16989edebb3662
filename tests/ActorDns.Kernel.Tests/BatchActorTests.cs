namespace ActorDns.Kernel.Tests;

public sealed class BatchActorTests : KernelFixture
{
    private const string Blocker = "block";
    private const string Fault = "fault";
    private readonly Gate _gate = new();
    private readonly Probe<string> _probe;

    public BatchActorTests() => _probe = new Probe<string>(System, "probe");

    [Fact]
    public async Task Batch_is_everything_that_waits()
    {
        ActorRef<string> actor = await BlockedAsync(maxBatch: 100);
        for (int i = 0; i < 5; i++)
            actor.Tell($"{i}");
        _gate.Open();
        await _probe.ExpectAsync(Blocker);
        await _probe.ExpectAsync("0 1 2 3 4");
    }

    [Fact]
    public async Task Batch_is_bounded()
    {
        ActorRef<string> actor = await BlockedAsync(maxBatch: 2);
        for (int i = 0; i < 5; i++)
            actor.Tell($"{i}");
        _gate.Open();
        await _probe.ExpectAsync(Blocker);
        await _probe.ExpectAsync("0 1");
        await _probe.ExpectAsync("2 3");
        await _probe.ExpectAsync("4");
    }

    [Fact]
    public async Task Batch_before_a_StopAfterDrain_is_handled_whole()
    {
        ActorRef<string> actor = await BlockedAsync(maxBatch: 100);
        actor.Tell("0");
        actor.Tell("1");
        Task stopped = actor.StopAfterDrainAsync();
        _gate.Open();
        await Guard(stopped);
        await _probe.ExpectAsync(Blocker);
        await _probe.ExpectAsync("0 1");
        Assert.Equal(0, System.DeadLetterCount);
    }

    [Fact]
    public async Task Flush_inside_a_batch_completes_after_the_batch()
    {
        ActorRef<string> actor = await BlockedAsync(maxBatch: 100);
        actor.Tell("0");
        Task flushed = actor.FlushAsync();
        actor.Tell("1");
        _gate.Open();
        await Guard(flushed);
        await _probe.ExpectAsync(Blocker);
        await _probe.ExpectAsync("0");
        await _probe.ExpectAsync("1");
    }

    [Fact]
    public async Task Failing_batch_is_handed_to_PreRestart_whole()
    {
        ActorRef<string> actor = await BlockedAsync(maxBatch: 100);
        actor.Tell("0");
        actor.Tell(Fault);
        actor.Tell("1");
        _gate.Open();
        await _probe.ExpectAsync(Blocker);
        await _probe.ExpectAsync("lost 0 fault 1");
        actor.Tell("2");
        await _probe.ExpectAsync("2");
    }

    private async Task<ActorRef<string>> BlockedAsync(int maxBatch)
    {
        ActorRef<string> actor = System.Spawn("actor", new Props<string>(() => new Collector(_gate, _probe.Ref, maxBatch))
        {
            Supervision = new SupervisorStrategy { InitialBackoff = TimeSpan.Zero },
        });
        actor.Tell(Blocker);
        await Guard(_gate.Entered);
        return actor;
    }

    private sealed class Collector(Gate gate, ActorRef<string> probe, int maxBatch) : BatchActor<string>
    {
        protected override int MaxBatchMessages => maxBatch;

        protected override async ValueTask ReceiveAsync(ReadOnlyMemory<string> batch, ActorContext<string> ctx)
        {
            if (batch.Span[0] == Blocker)
                await gate.PassAsync();
            if (batch.Span.Contains(Fault))
                throw new InvalidOperationException("broken");
            probe.Tell(string.Join(' ', batch.ToArray()));
        }

        protected override ValueTask PreRestartAsync(
            Exception reason, ReadOnlyMemory<string> inHand, ActorContext<string> ctx)
        {
            probe.Tell($"lost {string.Join(' ', inHand.ToArray())}");
            return ValueTask.CompletedTask;
        }
    }
}

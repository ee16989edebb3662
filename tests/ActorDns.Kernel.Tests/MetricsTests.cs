using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using static ActorDns.Kernel.Tests.Script;

namespace ActorDns.Kernel.Tests;

public sealed class MetricsTests : KernelFixture
{
    private readonly ConcurrentDictionary<string, long> _values = new();
    private readonly MeterListener _listener = new();

    public MetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ActorSystem.MeterName
                && instrument.Meter.Tags!.Contains(new KeyValuePair<string, object?>("actor.system", "measured")))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            string group = tags.Length == 0 ? "" : $"{{{tags[0].Value}}}";
            _values[instrument.Name + group] = value;
        });
        _listener.Start();
    }

    [Fact]
    public async Task Counters_and_the_depth_follow_what_happens()
    {
        await using ActorSystem system = new("measured", Clock);
        ActorRef<Step> actor = system.Spawn("actor", new Props<Step>(() => new Script())
        {
            MailboxCapacityMessages = 2,
            Supervision = new SupervisorStrategy { InitialBackoff = TimeSpan.Zero },
        });
        Gate gate = new();
        actor.Tell(Wait(gate));
        await Guard(gate.Entered);
        actor.Tell(Throw(new InvalidOperationException("broken")));
        actor.Tell(Do((_, _) => { }));
        actor.Tell(Do((_, _) => { }));
        _listener.RecordObservableInstruments();
        Assert.Equal(2, _values["actor.mailbox.depth{actor}"]);
        gate.Open();
        await Guard(actor.FlushAsync());
        await Guard(actor.StopAsync());
        actor.Tell(Do((_, _) => { }));

        _listener.RecordObservableInstruments();
        Assert.Equal(0, _values["actor.mailbox.depth{actor}"]);
        Assert.Equal(2, _values["actor.messages.processed{actor}"]);
        Assert.Equal(1, _values["actor.restarts{actor}"]);
        Assert.Equal(1, _values["actor.tells.rejected{actor}"]);
        Assert.Equal(1, _values["actor.dead_letters"]);
        Assert.Equal(0, _values["actor.sink.failures"]);
        _listener.Dispose();
    }

    [Fact]
    public async Task Groups_are_as_few_as_the_recipes_say_however_many_actors_there_are()
    {
        await using ActorSystem system = new("measured", Clock);
        Props<Step> zone = new(() => new Script()) { MetricsGroup = "zones" };
        for (int i = 0; i < 3; i++)
        {
            ActorRef<Step> actor = system.Spawn(null, zone);
            actor.Tell(Do((_, _) => { }));
            await Guard(actor.FlushAsync());
            await Guard(actor.StopAsync());
        }

        system.Spawn<Step>(null, () => new Script());

        _listener.RecordObservableInstruments();
        Assert.Equal(3, _values["actor.messages.processed{zones}"]);
        Assert.Equal(
            ["actor.messages.processed{unnamed}", "actor.messages.processed{zones}"],
            _values.Keys.Where(static key => key.StartsWith("actor.messages.processed", StringComparison.Ordinal)).Order());
        _listener.Dispose();
    }
}

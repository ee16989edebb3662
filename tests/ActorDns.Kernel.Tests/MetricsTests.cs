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
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.IsObservable)
                _values[instrument.Name] = value;
            else
                _values.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
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
        gate.Open();
        await Guard(actor.FlushAsync());
        await Guard(actor.StopAsync());
        actor.Tell(Do((_, _) => { }));

        Assert.Equal(2, _values["actor.mailbox.depth"]);
        Assert.Equal(2, _values["actor.messages.processed"]);
        Assert.Equal(1, _values["actor.restarts"]);
        Assert.Equal(1, _values["actor.tells.rejected"]);
        Assert.Equal(1, _values["actor.dead_letters"]);
        _listener.Dispose();
    }
}

using ActorDns.Host.Metrics;

namespace ActorDns.Host.Tests.Metrics;

public sealed class NodeHealthTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Node_is_ready_between_the_load_of_its_zones_and_its_end_and_says_since_when_it_is_not()
    {
        NodeHealth health = new(_clock);
        NotReady starting = new("start", "zones are being loaded", _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([starting], health.Missing(ReadyPart.Serve));
        Assert.Equal([starting], health.Missing(ReadyPart.Write));

        health.Enter(NodePhase.Serving);
        Assert.Empty(health.Missing(ReadyPart.Serve));
        Assert.Empty(health.Missing(ReadyPart.Write));

        health.Enter(NodePhase.Draining);
        NotReady draining = new("drain", "the server is stopping", _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([draining], health.Missing(ReadyPart.Serve));
        Assert.Equal([draining], health.Missing(ReadyPart.Write));
    }

    [Fact]
    public void Check_counts_for_its_part_alone()
    {
        NodeHealth health = new(_clock);
        health.Enter(NodePhase.Serving);
        NotReady? found = new("store", "away", _clock.GetUtcNow());
        health.Add(ReadyPart.Write, () => found);
        Assert.Empty(health.Missing(ReadyPart.Serve));
        Assert.Equal([found], health.Missing(ReadyPart.Write));
        found = null;
        Assert.Empty(health.Missing(ReadyPart.Write));
    }
}

using ActorDns.Actors.Cluster;
using ActorDns.Kernel;
using ActorDns.Storage.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>Who waits for whom before a change is acknowledged (ARCHITECTURE §5.5), by a clock of the test's own.</summary>
public sealed class PropagationTests : IAsyncDisposable
{
    private static readonly Guid Self = Guid.NewGuid();
    private static readonly Guid Second = Guid.NewGuid();
    private static readonly Guid Third = Guid.NewGuid();
    private readonly ManualClock _clock = new();
    private readonly PropagationGate _gate = new();
    private readonly CommittedGroups _groups = new();
    private readonly ActorSystem _system;
    private readonly Probe<string> _client;
    private ActorRef<PropagationCommand> _actor = null!;

    public PropagationTests()
    {
        _system = new ActorSystem("test", _clock);
        _client = new Probe<string>(_system);
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    [Fact]
    public async Task Answer_of_a_lone_node_is_given_without_a_detour()
    {
        await StartAsync(PropagationMode.AllLive);
        string answer = "";
        _gate.Answer(Commit(), new Called(value => answer = value), "done");
        Assert.Equal("done", answer);
    }

    [Fact]
    public async Task Answer_waits_for_every_node_that_lives()
    {
        await StartAsync(PropagationMode.AllLive, Second, Third);
        Answer("one");
        await AcknowledgeAsync(Second, 1);
        await _client.ExpectNothingAsync();
        await AcknowledgeAsync(Third, 1);
        await _client.ExpectAsync("one");
    }

    [Fact]
    public async Task Answer_waits_for_more_than_half_with_quorum()
    {
        await StartAsync(PropagationMode.Quorum, Second, Third);
        Answer("one");
        await _actor.FlushAsync();
        await _client.ExpectNothingAsync();
        await AcknowledgeAsync(Third, 1);
        await _client.ExpectAsync("one");
    }

    [Fact]
    public async Task Answer_waits_for_nobody_with_local()
    {
        await StartAsync(PropagationMode.Local, Second, Third);
        Answer("one");
        await _client.ExpectAsync("one");
    }

    [Fact]
    public async Task Node_that_is_late_lags_and_is_not_waited_for_until_it_keeps_up()
    {
        await StartAsync(PropagationMode.AllLive, Second, Third);
        Answer("one");
        await AcknowledgeAsync(Second, 1);
        _clock.Advance(TimeSpan.FromMilliseconds(199));
        await _actor.FlushAsync();
        await _client.ExpectNothingAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _client.ExpectAsync("one");
        Assert.True(PeerOf(Third).IsLagging);
        Assert.False(PeerOf(Second).IsLagging);

        Answer("two");
        await AcknowledgeAsync(Second, 2);
        await _client.ExpectAsync("two");

        await AcknowledgeAsync(Third, 2);
        Assert.False(PeerOf(Third).IsLagging);
        Answer("three");
        await AcknowledgeAsync(Second, 3);
        await _client.ExpectNothingAsync();
        await AcknowledgeAsync(Third, 3);
        await _client.ExpectAsync("three");
    }

    [Fact]
    public async Task Node_that_dies_is_not_waited_for()
    {
        await StartAsync(PropagationMode.AllLive, Second);
        Answer("one");
        await _actor.FlushAsync();
        await _client.ExpectNothingAsync();
        _actor.Tell(new PropagationCommand.Live([Member(Self)]));
        await _client.ExpectAsync("one");
    }

    [Fact]
    public async Task Node_that_comes_is_waited_for_as_soon_as_it_says_how_far_it_is()
    {
        await StartAsync(PropagationMode.AllLive);
        for (int i = 0; i < 3; i++)
            Commit();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _actor.Tell(new PropagationCommand.Live([Member(Self), Member(Second)]));
        await _actor.FlushAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _actor.FlushAsync();
        Assert.True(PeerOf(Second).IsLagging);
        await AcknowledgeAsync(Second, 3);
        Assert.False(PeerOf(Second).IsLagging);
    }

    private async Task StartAsync(PropagationMode mode, params Guid[] others)
    {
        ClusterSettings settings = new() { Propagation = mode };
        _actor = _system.Spawn("propagation", PropagationActor.CreateProps(_gate, _groups, Self, settings, NullLogger.Instance));
        _gate.Holder = _actor;
        _actor.Tell(new PropagationCommand.Live([Member(Self), .. others.Select(Member)]));
        await _actor.FlushAsync();
    }

    private long Commit() => _groups.Commit([], 0);

    private void Answer(string text) => _gate.Answer(Commit(), new Called(value => _client.Ref.Tell(value)), text);

    private async Task AcknowledgeAsync(Guid node, long group)
    {
        _actor.Tell(new PropagationCommand.Acknowledged(node, group));
        await _actor.FlushAsync();
    }

    private PeerProgress PeerOf(Guid node) => _gate.Peers.Single(peer => peer.Incarnation == node);

    private static ClusterMember Member(Guid incarnation) => new(
        new MemberReport(incarnation.ToString(), incarnation, MemberState.Serving, [], "", 1, 0, 0, false), default, default);

    private sealed class Called(Action<string> take) : CalledReply<string>
    {
        protected override bool TryTake(string value)
        {
            take(value);
            return true;
        }
    }
}

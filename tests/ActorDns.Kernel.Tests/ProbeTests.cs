namespace ActorDns.Kernel.Tests;

public sealed class ProbeTests : KernelFixture
{
    private readonly Probe<object> _probe;

    public ProbeTests() => _probe = new Probe<object>(System, "probe") { Deadline = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task Expecting_a_type_gives_the_message()
    {
        _probe.Ref.Tell("hello");
        Assert.Equal("hello", await _probe.ExpectAsync<string>());
    }

    [Fact]
    public async Task Expecting_another_type_fails_and_names_the_message()
    {
        _probe.Ref.Tell(42);
        ProbeException failure = await Assert.ThrowsAsync<ProbeException>(() => _probe.ExpectAsync<string>());
        Assert.Equal("test/probe expected String and received 42.", failure.Message);
    }

    [Fact]
    public async Task Expecting_another_value_fails()
    {
        _probe.Ref.Tell(42);
        await Assert.ThrowsAsync<ProbeException>(() => _probe.ExpectAsync((object)43));
    }

    [Fact]
    public async Task Expecting_a_message_that_never_comes_fails_at_the_deadline()
    {
        Probe<object> probe = new(System) { Deadline = TimeSpan.Zero };
        await Assert.ThrowsAsync<ProbeException>(probe.ReceiveAsync);
    }

    [Fact]
    public async Task Expecting_nothing_sees_every_message_told_before()
    {
        await _probe.ExpectNothingAsync();
        _probe.Ref.Tell("there");
        await Assert.ThrowsAsync<ProbeException>(_probe.ExpectNothingAsync);
    }

    [Fact]
    public async Task Expecting_termination_completes_when_the_actor_ends()
    {
        Probe<int> other = new(System, "other");
        Task expectation = _probe.ExpectTerminationAsync(other.Ref);
        Assert.False(expectation.IsCompleted);
        await Guard(other.Ref.StopAsync());
        await Guard(expectation);
    }

    [Fact]
    public async Task Reply_to_a_probe_is_its_next_message()
    {
        Assert.True(_probe.NewReplyTo().Reply("answer"));
        await _probe.ExpectAsync((object)"answer");
    }
}

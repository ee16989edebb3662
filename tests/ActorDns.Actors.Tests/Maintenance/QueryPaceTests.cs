using ActorDns.Actors.Maintenance;

namespace ActorDns.Actors.Tests.Maintenance;

public sealed class QueryPaceTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Questions_count_from_their_place_in_the_line_to_their_answer()
    {
        QueryPace pace = new(_clock) { PerSecond = 1 };
        TaskCompletionSource<int> first = new();
        TaskCompletionSource<int> second = new();
        Task<int> asked = pace.AskAsync(() => first.Task, TestContext.Current.CancellationToken);
        Task armed = _clock.WhenTimersAsync(1);
        Task<int> waits = pace.AskAsync(() => second.Task, TestContext.Current.CancellationToken);
        await armed;
        Assert.Equal(2, pace.Asking);

        first.SetResult(1);
        Assert.Equal(1, await asked);
        Assert.Equal(1, pace.Asking);

        _clock.Advance(TimeSpan.FromSeconds(1));
        second.SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(() => waits);
        Assert.Equal(0, pace.Asking);
    }
}

using ActorDns.Host.Wiring;

namespace ActorDns.Host.Tests.Wiring;

public sealed class UpdateQuotaTests
{
    [Fact]
    public void Places_are_taken_up_to_the_quota_and_given_back()
    {
        UpdateQuota quota = new() { Most = 2 };
        Assert.True(quota.TryEnter(out Action release));
        Assert.True(quota.TryEnter(out _));
        Assert.False(quota.TryEnter(out _));
        Assert.Equal(1, quota.Rejected);
        release();
        Assert.True(quota.TryEnter(out _));
        Assert.False(quota.TryEnter(out _));
        Assert.Equal(2, quota.Rejected);
    }

    [Fact]
    public void Without_a_quota_there_is_always_a_place()
    {
        UpdateQuota quota = new();
        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(quota.TryEnter(out Action _)));
        Assert.Equal(0, quota.Rejected);
    }
}

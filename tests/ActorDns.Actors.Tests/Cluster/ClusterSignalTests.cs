using ActorDns.Actors.Cluster;

namespace ActorDns.Actors.Tests.Cluster;

/// <summary>What nodes write to each other is what they read.</summary>
public sealed class ClusterSignalTests
{
    private static readonly Guid One = Guid.Parse("01234567-89ab-cdef-0123-456789abcdef");
    private static readonly Guid Two = Guid.Parse("fedcba98-7654-3210-fedc-ba9876543210");

    [Theory]
    [InlineData("g 0123456789abcdef0123456789abcdef 3 5 17:4 18:99")]
    [InlineData("g 0123456789abcdef0123456789abcdef 3 5 *")]
    [InlineData("g 0123456789abcdef0123456789abcdef 6 5")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 refresh")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 retransfer")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 notify")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 notified 192.0.2.1#5353")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 notified 2001:db8::1#53 4294967295")]
    [InlineData("q 0123456789abcdef0123456789abcdef 17")]
    [InlineData("a 0123456789abcdef0123456789abcdef 17 4294967295")]
    [InlineData("p 0123456789abcdef0123456789abcdef fedcba9876543210fedcba9876543210:12 0123456789abcdef0123456789abcdef:0")]
    public void Signal_that_was_written_is_read_as_the_same(string text)
    {
        Assert.True(ClusterSignal.TryParse(text, out ClusterSignal? signal));
        Assert.Equal(text, signal.ToString());
    }

    [Fact]
    public void Signals_have_the_words_that_other_versions_know()
    {
        Assert.Equal(
            "g 0123456789abcdef0123456789abcdef 1 2 7:8", new ClusterSignal.Groups(One, 1, 2, [new ZoneVersion(7, 8)]).ToString());
        Assert.Equal(
            "p 0123456789abcdef0123456789abcdef fedcba9876543210fedcba9876543210:3",
            new ClusterSignal.Acknowledged(One, [new(Two, 3)]).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("g")]
    [InlineData("g 0123456789abcdef0123456789abcdef")]
    [InlineData("g 0123456789abcdef0123456789abcdef 1")]
    [InlineData("g 0123456789abcdef0123456789abcdef 7 5")]
    [InlineData("g 0123456789abcdef0123456789abcdef -1 5")]
    [InlineData("g 0123456789abcdef0123456789abcdef 1 5 7")]
    [InlineData("g 0123456789abcdef0123456789abcdef 1 5 :7")]
    [InlineData("g 0123456789abcdef0123456789abcdef 1 5 7:")]
    [InlineData("g 0123456789abcdef0123456789abcdef 1 5 7:99999999999999999999")]
    [InlineData("g not-a-guid 1 5 7:8")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 unknown")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 notified 192.0.2.1")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 notified 192.0.2.1#70000")]
    [InlineData("n 0123456789abcdef0123456789abcdef 17 notified 192.0.2.1#53 4294967296")]
    [InlineData("q 0123456789abcdef0123456789abcdef")]
    [InlineData("a 0123456789abcdef0123456789abcdef 17 4294967296")]
    [InlineData("p 0123456789abcdef0123456789abcdef 17:4")]
    [InlineData("x 0123456789abcdef0123456789abcdef 1 5")]
    public void Text_that_is_no_signal_is_passed_over(string text) => Assert.False(ClusterSignal.TryParse(text, out _));
}

using ActorDns.Protocol.Records;

namespace ActorDns.Protocol.Tests;

public sealed class SerialTests
{
    [Theory, Rfc(1982, "3.2")]
    [InlineData(1u, 0u, true)]
    [InlineData(0u, uint.MaxValue, true)]
    [InlineData(44u, 0u, true)]
    [InlineData(200u, 100u, true)]
    [InlineData(0u, 0u, false)]
    [InlineData(0x8000_0000u, 0u, false)]
    [InlineData(0u, 0x8000_0000u, false)]
    [InlineData(0x7FFF_FFFFu, 0u, true)]
    [InlineData(5u, 7u, false)]
    public void Serial_compares_on_a_ring(uint left, uint right, bool isNewer) =>
        Assert.Equal(isNewer, new Serial(left).IsNewerThan(new Serial(right)));

    [Fact]
    public void Serial_after_the_last_is_one() => Assert.Equal(new Serial(1), new Serial(uint.MaxValue).Next());
}

using ActorDns.Protocol.Records;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

public sealed class SerialStepTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 17, 23, 30, 0, TimeSpan.FromHours(-2));

    [Theory, Rfc(2136, "3.6")]
    [InlineData(1, SerialMethod.Increment, 2)]
    [InlineData(0, SerialMethod.Increment, 1)]
    [InlineData(uint.MaxValue, SerialMethod.Increment, 1)]
    [InlineData(1, SerialMethod.Date, 2026051800)]
    [InlineData(2026051800, SerialMethod.Date, 2026051801)]
    [InlineData(2026051899, SerialMethod.Date, 2026051900)]
    [InlineData(2030010100, SerialMethod.Date, 2030010101)]
    [InlineData(1, SerialMethod.UnixTime, 1779067800)]
    [InlineData(1779067800, SerialMethod.UnixTime, 1779067801)]
    [InlineData(4000000000, SerialMethod.UnixTime, 1779067800)]
    [InlineData(1779067900, SerialMethod.UnixTime, 1779067901)]
    public void Serial_steps_forward_by_its_method(uint current, SerialMethod method, uint next) =>
        Assert.Equal(new Serial(next), SerialStep.Next(new Serial(current), method, Now));

    [Fact, Rfc(1982, "3.2")]
    public void Wanted_serial_at_an_undefined_distance_gives_the_next_one()
    {
        Serial current = new(unchecked(1779067800u + 0x80000000u));
        Assert.Equal(current.Next(), SerialStep.Next(current, SerialMethod.UnixTime, Now));
    }
}

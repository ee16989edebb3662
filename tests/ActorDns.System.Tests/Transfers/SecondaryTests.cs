using ActorDns.System.Tests.Peers;

namespace ActorDns.System.Tests.Transfers;

/// <summary>The other vendors' servers as secondaries of ours.</summary>
public sealed class SecondaryTests(MixedZoneServer primary) : IClassFixture<MixedZoneServer>
{
    [Theory]
    [InlineData(SecondaryKind.Bind)]
    [InlineData(SecondaryKind.Knot)]
    [InlineData(SecondaryKind.Nsd)]
    [InlineData(SecondaryKind.PowerDns)]
    public async Task Secondary_pulls_the_zone_with_TSIG_and_holds_the_same_records(SecondaryKind kind)
    {
        await using ISecondary secondary =
            await Secondary.StartAsync(kind, primary.Server.Port, MixedZoneServer.KeyOf("hmac-sha256"), MixedZoneServer.Zone);
        await secondary.WaitForZoneAsync(MixedZoneServer.Zone);
        Harness.ZoneText.AssertSame(primary.Expected, await secondary.HoldsAsync(MixedZoneServer.Zone));
        Evidence.Add($"secondary {kind}", $"{primary.Expected.Length} records pulled by AXFR with TSIG, equal to the file");
    }
}

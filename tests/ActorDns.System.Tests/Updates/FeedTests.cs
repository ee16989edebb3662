using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Peers;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>Other vendors' secondaries follow a zone that is being updated, by IXFR from our journal.</summary>
public sealed class FeedTests
{
    private const string Zone = DynamicZone.Zone;
    private const uint LateSerial = uint.MaxValue - 60;
    private static readonly int Rounds = TestSize.Pick(3, 5, 40);
    private static readonly int MessagesPerRound = TestSize.Pick(20, 40, 100);

    [Theory]
    [InlineData(SecondaryKind.Bind)]
    [InlineData(SecondaryKind.Knot)]
    [InlineData(SecondaryKind.Nsd)]
    [InlineData(SecondaryKind.PowerDns)]
    public async Task Secondary_that_polls_follows_by_IXFR_and_holds_the_same_zone(SecondaryKind kind)
    {
        int seed = Environment.TickCount;
        RandomHistory history = new(seed, stepsSerial: false);
        await using DynamicZone ours = await DynamicZone.StartAsync(ServerKind.ActorDns, serial: LateSerial);
        using SignedClient client = await SignedClient.ConnectTcpAsync(ours.Server.EndPoint, DynamicZone.Key);

        // Refresh every second: from here on each version says so.
        await client.UpdateAsync(Zone, [SoaWith(LateSerial + 1)]);
        await using ISecondary secondary = await Secondary.StartAsync(kind, ours.Server.Port, DynamicZone.Key, Zone);
        await secondary.WaitForZoneAsync(Zone);
        uint serial = LateSerial + 1;
        int versions = 0;
        for (int round = 0; round < Rounds; round++)
        {
            uint before = serial;
            for (int message = 0; message < MessagesPerRound; message++)
                await client.UpdateAsync(Zone, history.Next(serial));
            serial = await ours.SerialAsync();
            versions += (int)unchecked(serial - before) - (serial < before ? 1 : 0);
            await secondary.WaitForSerialAsync(Zone, serial);
            string text = string.Join('\n', await ours.TransferAsync());
            ZoneText.AssertSame(LowerCase(await ZoneText.CanonicalOfAsync(Zone, text, ours.Folder)), LowerCase(await secondary.HoldsAsync(Zone)));
        }

        Assert.True(serial < LateSerial, "the serials have not wrapped around");
        int incremental = ours.Server.Process.Lines.Count(line => line.Contains("IXFR ended", StringComparison.Ordinal));
        Assert.True(incremental >= Rounds, $"{incremental} transfers were incremental, seed {seed}");
        Evidence.Add(
            $"IXFR to {kind} that polls", $"{versions} versions in {Rounds} rounds, {incremental} incremental transfers, serials around, same zone each round");
    }

    /// <summary>NSD and PowerDNS do not keep the case of names.</summary>
    private static string[] LowerCase(string[] zone) =>
        [.. zone.Select(line => line.ToLowerInvariant()).Order(StringComparer.Ordinal)];

    private static string SoaWith(uint serial) => string.Create(
        CultureInfo.InvariantCulture, $"add example. 3600 SOA ns1.example. hostmaster.example. {serial} 1 1 1209600 300");
}

using System.Globalization;
using System.Net;
using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>The same random updates sent to ours and to another server: the same answers, and the same zone after each of them.</summary>
public sealed class HistoryTests
{
    private const string Zone = DynamicZone.Zone;

    /// <summary>Near the end of the number space: the serials wrap around on the way.</summary>
    private const uint LateSerial = uint.MaxValue - 20;

    /// <summary>The step after the last number: left to themselves Knot takes 0, BIND and ours 1.</summary>
    private const string PastZero = "add example. 3600 SOA ns1.example. hostmaster.example. 5 1 1 1209600 300";

    private static readonly int Messages = TestSize.Pick(100, 300, 5_000);

    /// <summary>The third of three name servers has no address: naming it at the apex is refused.</summary>
    [Fact]
    public async Task Random_history_gives_the_zones_and_serials_of_BIND()
    {
        int seed = Environment.TickCount;
        await using DynamicZone bind = await DynamicZone.StartAsync(ServerKind.Bind, serial: LateSerial);
        await CompareAsync("BIND", seed, bind.Server.EndPoint, new RandomHistory(seed, stepsSerial: true, servers: 3));
    }

    [Fact]
    public async Task Random_history_gives_the_zones_and_serials_of_Knot()
    {
        int seed = Environment.TickCount;
        await using KnotPrimary knot = await KnotPrimary.StartAsync(DynamicZone.Text(LateSerial));
        await CompareAsync("Knot", seed, knot.EndPoint, new RandomHistory(seed, stepsSerial: true, forKnot: true));
    }

    private static async Task CompareAsync(string peer, int seed, IPEndPoint other, RandomHistory history)
    {
        await using DynamicZone ours = await DynamicZone.StartAsync(ServerKind.ActorDns, serial: LateSerial);
        using SignedClient toOurs = await SignedClient.ConnectTcpAsync(ours.Server.EndPoint, DynamicZone.Key);
        using SignedClient toOther = await SignedClient.ConnectTcpAsync(other, DynamicZone.Key);
        string[] zone = await ZoneReader.ReadAsync(ours.Server.EndPoint, Zone);
        Assert.Equal(await ZoneReader.ReadAsync(other, Zone), zone);
        int versions = 0, wraps = 0;
        for (int step = 0; step < Messages; step++)
        {
            uint before = SerialOf(zone);
            string[] lines = before == uint.MaxValue ? [PastZero] : history.Next(before);
            Rcode? expected = await toOther.UpdateAsync(Zone, lines);
            Rcode? actual = await toOurs.UpdateAsync(Zone, lines);
            string[] expectedZone = await ZoneReader.ReadAsync(other, Zone);
            zone = await ZoneReader.ReadAsync(ours.Server.EndPoint, Zone);
            string at = $"seed {seed}, message {step}, serial {before}:\n{string.Join('\n', lines)}\n";
            Assert.True(expected == actual, $"{at}{peer}: {expected}, ours: {actual}");
            Assert.True(
                expectedZone.AsSpan().SequenceEqual(zone),
                $"{at}{string.Join('\n', expectedZone.Except(zone).Select(line => $"{peer}: {line}").Concat(zone.Except(expectedZone).Select(line => $"ours: {line}")))}");
            versions += SerialOf(zone) == before ? 0 : 1;
            wraps += SerialOf(zone) < before ? 1 : 0;
        }

        Assert.InRange(versions, Messages / 4, Messages);
        Assert.NotEqual(0, wraps);
        Evidence.Add($"random updates as with {peer}", $"{Messages} messages, {versions} versions, {wraps} times around, seed {seed}: same rcodes, zones and serials");
    }

    private static uint SerialOf(string[] zone) => uint.Parse(
        zone.Single(record => record.Contains(" soa ", StringComparison.Ordinal)).Split(' ')[6], CultureInfo.InvariantCulture);
}

using System.Globalization;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>The same octets sent to ours and to BIND: the same reply, and the same zone afterwards.</summary>
public sealed class HostileUpdateTests
{
    private const int ServFail = 2;
    private const int QuestionBytes = 13;
    private const string Policy = "allow-update { any; }; check-names ignore;";
    private static readonly int Messages = TestSize.Pick(200, 800, 20_000);

    [Fact]
    public async Task Hostile_updates_have_the_reply_and_the_zone_of_BIND()
    {
        int seed = Environment.TickCount;
        await using DynamicZone ours = await DynamicZone.StartAsync(ServerKind.ActorDns, Policy);
        await using DynamicZone bind = await DynamicZone.StartAsync(ServerKind.Bind, Policy);
        using WireClient toOurs = new(ours.Server.EndPoint);
        using WireClient toBind = new(bind.Server.EndPoint);
        HostileUpdates source = new(seed);
        string[] zone = await ZoneReader.ReadAsync(ours.Server.EndPoint, DynamicZone.Zone);
        int versions = 0, refused = 0;
        for (int step = 0; step < Messages; step++)
        {
            uint before = SerialOf(zone);
            byte[] message = source.Next(before);
            bool isOneZone = message[5] == 1;
            byte[] bindReply = toBind.AskUdp(message);
            if ((bindReply[3] & 15) == ServFail)
                bindReply[3]--; // FORMERR: it has no rcode for some faults in the data of a record.
            string expected = Show(bindReply, isOneZone);
            string actual = Show(toOurs.AskUdp(message), isOneZone);
            string[] bindZone = await ZoneReader.ReadAsync(bind.Server.EndPoint, DynamicZone.Zone);
            zone = await ZoneReader.ReadAsync(ours.Server.EndPoint, DynamicZone.Zone);
            string at = $"seed {seed}, message {step}, {Convert.ToHexString(message)}\n";
            Assert.True(expected == actual, $"{at}BIND: {expected}\nours: {actual}");
            Assert.True(
                bindZone.AsSpan().SequenceEqual(zone),
                $"{at}{string.Join('\n', bindZone.Except(zone).Select(line => "BIND: " + line).Concat(zone.Except(bindZone).Select(line => "ours: " + line)))}");
            versions += SerialOf(zone) == before ? 0 : 1;
            refused += actual[3] == '0' ? 0 : 1;
        }

        Assert.InRange(versions, Messages / 8, Messages);
        Assert.InRange(refused, Messages / 8, Messages);
        Evidence.Add("hostile updates as with BIND", $"{Messages} messages, {versions} versions, {refused} turned down, seed {seed}: same replies and zones");
    }

    /// <summary>Flags, counts without the last, and question; a message of several zones is answered with one of them by BIND.</summary>
    private static string Show(byte[] reply, bool isOneZone)
    {
        return isOneZone
            ? $"{Convert.ToHexString(reply.AsSpan(2, 8))} {Convert.ToHexString(reply.AsSpan(12, Math.Min(QuestionBytes, reply.Length - 12)))}"
            : Convert.ToHexString(reply.AsSpan(2, 2));
    }

    private static uint SerialOf(string[] zone) => uint.Parse(
        zone.Single(record => record.Contains(" soa ", StringComparison.Ordinal)).Split(' ')[6], CultureInfo.InvariantCulture);
}

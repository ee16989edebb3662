using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Updates;

/// <summary>Random <c>update-policy</c> rules, keys, names and types: the same verdict and the same zone as with BIND.</summary>
public sealed class PolicyDifferentialTests
{
    private static readonly int Zones = TestSize.Pick(8, 20, 60);
    private static readonly int Messages = TestSize.Pick(300, 1_000, 20_000);

    [Fact]
    public async Task Random_policies_decide_as_with_BIND()
    {
        int seed = Environment.TickCount;
        PolicyZones source = new(seed, Zones);
        using TempFolder ourFolder = new(), bindFolder = new();
        await using ServerUnderTest ours = await ServerUnderTest.StartAsync(ourFolder, source.Configure(ourFolder), ServerKind.ActorDns);
        await using ServerUnderTest bind = await ServerUnderTest.StartAsync(bindFolder, source.Configure(bindFolder), ServerKind.Bind);
        Random random = new(seed);
        int granted = 0, refused = 0;
        for (int step = 0; step < Messages; step++)
        {
            string zone = source.Zones[random.Next(source.Zones.Length)];
            TestKey? signer = source.Signer(zone);
            bool overTcp = source.OverTcp();
            string[] lines = source.Update(zone);
            Rcode expected = await AskAsync(bind, zone, signer, overTcp, lines);
            Rcode actual = await AskAsync(ours, zone, signer, overTcp, lines);
            string at = $"seed {seed}, message {step} by {signer?.Name ?? "nobody"} over {(overTcp ? "TCP" : "UDP")}:\n{string.Join('\n', lines)}\n"
                + $"{string.Join('\n', source.Rules[zone])}\n";
            Assert.True(expected == actual, $"{at}BIND: {expected}, ours: {actual}");
            if (actual != Rcode.NoError)
            {
                refused++;
                continue;
            }

            granted++;
            string[] bindZone = await ZoneReader.ReadAsync(bind.EndPoint, zone[..^1]);
            string[] ourZone = await ZoneReader.ReadAsync(ours.EndPoint, zone[..^1]);
            Assert.True(
                bindZone.AsSpan().SequenceEqual(ourZone),
                $"{at}{string.Join('\n', bindZone.Except(ourZone).Select(line => "BIND: " + line).Concat(ourZone.Except(bindZone).Select(line => "ours: " + line)))}");
        }

        Assert.InRange(granted, Messages / 50, Messages); // How many rules grant depends on the seed: a tenth to a third, as a rule.
        Assert.InRange(refused, Messages / 50, Messages);
        Evidence.Add("update-policy as with BIND", $"{source.Zones.Length} policies, {Messages} messages, {granted} granted, {refused} refused, seed {seed}");
    }

    private static async Task<Rcode> AskAsync(ServerUnderTest server, string zone, TestKey? signer, bool overTcp, string[] lines)
    {
        if (signer is null)
        {
            byte[] message = UpdateText.Build(1, zone[..^1], lines);
            using WireClient plain = new(server.EndPoint);
            byte[] reply = overTcp ? plain.AskTcp(message)[0] : plain.AskUdp(message);
            return new Rcode((ushort)(reply[3] & 15));
        }

        using SignedClient client = overTcp
            ? await SignedClient.ConnectTcpAsync(server.EndPoint, signer)
            : SignedClient.ConnectUdp(server.EndPoint, signer);
        return await client.UpdateAsync(zone[..^1], lines) ?? throw new IOException("no reply");
    }
}

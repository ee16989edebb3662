using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Answers;

/// <summary>
/// The same questions to ours and to BIND, both from one configuration; <c>docs/differences-from-bind.md</c> names what may differ.
/// </summary>
public sealed class DifferentialTests
{
    private const int ShownDifferences = 8;

    private static readonly ushort[] Types = [1, 1, 1, 28, 2, 6, 15, 16, 5, 39, 43, 43, 46, 48, 47, 33, 64, 65, 255, 257, 999];

    private static readonly int[] PayloadSizes = [0, 0, 512, 1_232, 4_096];

    [Fact]
    public async Task Random_questions_get_the_answers_that_BIND_gives()
    {
        using TempFolder folder = new();
        NamedConf conf = await DifferentialZones.WriteAsync(folder);
        await using ServerUnderTest bind = await ServerUnderTest.StartAsync(folder, conf, ServerKind.Bind);
        await using ServerUnderTest ours = await ServerUnderTest.StartAsync(folder, conf);
        using WireClient askBind = new(bind.EndPoint);
        using WireClient askOurs = new(ours.EndPoint);

        // Servers that refuse a zone agree on everything.
        foreach (string zone in DifferentialZones.All)
        {
            byte[] wire = new Query($"{zone}.", RecordType.Soa, 0, false, false, true).Build(1);
            Assert.Single(Reply.Read(askBind.AskTcp(wire)[0]).Answer);
            Assert.Single(Reply.Read(askOurs.AskTcp(wire)[0]).Answer);
        }

        int seed = int.Parse(Environment.GetEnvironmentVariable("ACTORDNS_TEST_SEED") ?? "20261124", null);
        Random random = new(seed);
        List<string> differences = [];
        int count = TestSize.Pick(2_000, 20_000, 200_000);
        for (int i = 0; i < count && differences.Count < ShownDifferences; i++)
        {
            Query query = NextQuery(random);
            AnswerComparison comparison = new(query, askBind, askOurs, random);
            if (comparison.Difference() is { } what)
                differences.Add(what);
        }

        Assert.True(differences.Count == 0, $"seed {seed}:\n{string.Join('\n', differences)}");
    }

    private static Query NextQuery(Random random)
    {
        string zone = DifferentialZones.All[random.Next(DifferentialZones.All.Length)];
        string owner = DifferentialZones.Owners[random.Next(DifferentialZones.Owners.Length)];
        string name = owner == "@" ? $"{zone}." : $"{owner}.{zone}.";
        name = random.Next(6) switch
        {
            0 => $"r{random.Next(1_000)}.{name}",
            1 when random.Next(3) == 0 => $"{(char)('a' + random.Next(26))}{random.Next(10)}.{zone}.",
            _ => name,
        };
        string mixed = string.Concat(name.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : c));
        int payload = PayloadSizes[random.Next(PayloadSizes.Length)];
        return new Query(
            mixed,
            new RecordType(Types[random.Next(Types.Length)]),
            payload,
            payload > 0 && random.Next(3) > 0,
            random.Next(2) == 0,
            random.Next(10) == 0);
    }
}

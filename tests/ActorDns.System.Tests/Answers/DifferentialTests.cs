using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Answers;

/// <summary>The same questions to ours and to BIND, both from one configuration; <c>docs/differences-from-bind.md</c> names what may differ.</summary>
public sealed class DifferentialTests
{
    private const int ShownDifferences = 8;

    private static readonly ushort[] Types = [1, 1, 1, 28, 2, 6, 15, 16, 5, 39, 43, 48, 47, 33, 257, 999];

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

        int seed = int.Parse(Environment.GetEnvironmentVariable("ACTORDNS_TEST_SEED") ?? "20261124", null);
        Random random = new(seed);
        List<string> differences = [];
        int count = TestSize.Pick(2_000, 10_000, 200_000);
        for (int i = 0; i < count && differences.Count < ShownDifferences; i++)
        {
            Query query = NextQuery(random);
            if (query.Type == RecordType.Ds && DifferentialZones.All.Contains(query.Name.TrimEnd('.').ToLowerInvariant()))
                continue; // DS of a zone whose parent is not served: see docs/differences-from-bind.md.
            byte[] wire = query.Build((ushort)random.Next(65_536));
            Reply theirs = Reply.Read(query.OverTcp ? askBind.AskTcp(wire)[0] : askBind.AskUdp(wire));
            Reply reply = Reply.Read(query.OverTcp ? askOurs.AskTcp(wire)[0] : askOurs.AskUdp(wire));
            if (Difference(theirs, reply) is { } what)
                differences.Add($"{query}\n{what}\nBIND: {theirs}ours: {reply}");
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

    private static string? Difference(Reply theirs, Reply ours)
    {
        if (theirs.Flags != ours.Flags)
            return "the flags or the rcode differ";
        if (theirs.IsTruncated)
            return null; // What is left in a truncated answer is of no use to a client (RFC 2181 §9).
        if (!theirs.Answer.AsSpan().SequenceEqual(ours.Answer))
            return "the answer sections differ";
        if (!theirs.Authority.AsSpan().SequenceEqual(ours.Authority))
            return "the authority sections differ";
        return ours.Additional.Except(theirs.Additional).Any() && theirs.Additional.Except(ours.Additional).Any()
            ? "neither additional section contains the other"
            : null;
    }
}

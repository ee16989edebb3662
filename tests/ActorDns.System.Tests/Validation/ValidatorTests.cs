using ActorDns.Protocol.Registries;
using ActorDns.System.Tests.Harness;
using ActorDns.System.Tests.Peers;
using ActorDns.System.Tests.Wire;
using ActorDns.Testing.Processes;

namespace ActorDns.System.Tests.Validation;

/// <summary>
/// Unbound validates what this server says about signed zones: data, wildcards, DNAME, denials of names and of types, and
/// referrals with and without DS. What it cannot prove it answers with SERVFAIL.
/// </summary>
public sealed class ValidatorTests
{
    private const int DnsPort = 53; // A referral has no room for another port.
    private const int Servfail = 2;
    private const int AuthenticData = 0x20;
    private const int ShownFailures = 10;
    private const int Seed = 20_261_126;

    private static readonly ushort[] Types = [1, 1, 28, 2, 5, 6, 12, 15, 16, 33, 39, 43, 48, 50, 52, 257];

    [Fact]
    public async Task A_validating_resolver_can_prove_every_answer_and_notices_a_forged_one()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "referrals lead to port 53, which only root may bind");
        string network = $"127.53.{Random.Shared.Next(1, 255)}";
        string parents = $"{network}.1";
        string children = $"{network}.2";
        using TempFolder folder = new();
        (NamedConf ofParents, NamedConf ofChildren) = await ValidatedZones.WriteAsync(folder, parents, children);
        await using ServerUnderTest upper = await ServerUnderTest.StartAsync(folder, ofParents, port: DnsPort);
        await using ServerUnderTest lower = await ServerUnderTest.StartAsync(folder, ofChildren, port: DnsPort);
        await using ValidatingResolver resolver = await ValidatingResolver.StartAsync(
            parents, ValidatedZones.Parents.Select(zone => (zone, folder[$"dsset-{zone}."])));
        using WireClient client = new(resolver.EndPoint);

        foreach (string parent in ValidatedZones.Parents)
            Assert.Equal(Servfail, Ask(client, $"www.bogus.{parent}.", RecordType.A).RcodeBits);
        Random random = new(Seed);
        int proven = 0;
        int names = TestSize.Pick(500, 5_000, 50_000);
        List<string> failures = [];
        for (int i = 0; i < names && failures.Count < ShownFailures; i++)
        {
            (string name, RecordType type, bool? isSecure) = Next(random);
            Reply reply = Ask(client, name, type);
            bool isProven = (reply.Flags & AuthenticData) != 0;
            proven += isProven ? 1 : 0;
            if (reply.RcodeBits == Servfail || (isSecure is { } expected && expected != isProven))
                failures.Add($"{name} {type}, secure {isSecure}: {reply}");
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures.Concat(resolver.Complaints.TakeLast(ShownFailures))));
        Evidence.Add("validated by Unbound", $"{names} random questions, {proven} answers proven, none bogus");
    }

    private static Reply Ask(WireClient client, string name, RecordType type) =>
        Reply.Read(client.AskUdp(new Query(name, type, 1_232, true, true, false).Build((ushort)Random.Shared.Next(65_536))));

    /// <summary>A question, and whether its answer is secure; null where opt-out leaves it to the resolver.</summary>
    private static (string Name, RecordType Type, bool? IsSecure) Next(Random random)
    {
        string parent = ValidatedZones.Parents[random.Next(3)];
        bool isOptOut = parent == ValidatedZones.OptOut;
        RecordType type = new(random.Next(8) == 0 ? (ushort)random.Next(1_000, 32_000) : Types[random.Next(Types.Length)]);
        string child = random.Next(4) switch { 0 => "child.", 1 => "plain.", _ => "" };
        string zone = $"{child}{parent}.";
        (string owner, bool isMadeUp) = random.Next(4) switch
        {
            0 => ($"r{random.Next(100_000)}.{Any(random)}", true),
            1 => ($"r{random.Next(100_000)}.{ValidatedZones.Synthesized[random.Next(ValidatedZones.Synthesized.Length)]}", true),
            2 => (ValidatedZones.Synthesized[random.Next(ValidatedZones.Synthesized.Length)], true),
            _ => (Any(random), false),
        };
        // Asked for these types below a DNAME, Unbound looks for a signature of the CNAME that is made up, whoever the server is.
        if (type.Value is 5 or 39 && owner.Contains("dn.", StringComparison.Ordinal))
            type = RecordType.A;
        if (type == RecordType.Ds && child.Length + owner.Length == 0)
            type = RecordType.Dnskey; // The parent that has the DS of a trust anchor is not here.
        if (child == "plain.")
        {
            // DS of the child's apex is the parent's to deny; everything else has no chain of trust.
            bool isDenialOfDs = type == RecordType.Ds && owner.Length == 0;
            return (owner + zone, type, isDenialOfDs ? (isOptOut ? null : true) : false);
        }

        return (owner + zone, type, isOptOut && isMadeUp ? null : true);
    }

    private static string Any(Random random) => ValidatedZones.Owners[random.Next(ValidatedZones.Owners.Length)];
}

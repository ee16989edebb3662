using ActorDns.Protocol.Registries;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>Random histories of updates, compared with the oracle after every message.</summary>
public sealed class UpdateHistoryTests
{
    private const int Histories = 3_000;
    private const int MessagesPerHistory = 12;

    private static readonly HashSet<string> Everything =
        ["NOERROR", "FORMERR", "NXDOMAIN", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTZONE", "no change", "wrapped"];

    private static readonly UpdateSettings Settings = UpdateHarness.Open with { CheckNames = CheckLevel.Ignore };

    [Fact, Rfc(2136, "3.4.2.7")]
    public void Random_histories_give_the_zone_and_rcodes_of_the_pseudo_code()
    {
        HashSet<string> seen = [];
        for (int seed = 1; seed <= Histories; seed++)
            RunHistory(seed, seen);
        // The histories are worth something only if they come everywhere.
        Assert.Superset(Everything, seen);
    }

    private static void RunHistory(int seed, HashSet<string> seen)
    {
        Random random = new(seed);
        uint serial = random.Next(3) switch { 0 => uint.MaxValue - 1, 1 => 1, _ => (uint)random.NextInt64(uint.MaxValue) };
        RandomUpdates source = new(random);
        UpdateModel model = new("example.", RandomUpdates.FirstRecords(serial));
        using UpdateHarness harness = new(RandomUpdates.Build(model.Zone), Settings);
        for (int step = 0; step < MessagesPerHistory; step++)
        {
            List<UpdateModel.Operand> prerequisites = source.Prerequisites(model);
            List<UpdateModel.Operand> updates = source.Updates(model);
            List<UpdateModel.Record> before = [.. model.Zone];
            uint serialBefore = model.Serial;
            Rcode expected = model.Run(prerequisites, updates);
            UpdateResult result = harness.Run(source.Write(prerequisites, updates));

            string at = $"seed {seed}, message {step}: {result.Failure?.Text}";
            Assert.True(expected == result.Rcode, $"{at}: {expected} expected");
            bool isChanged = !UpdateModel.SameRecords(before, model.Zone);
            Assert.True(isChanged == result.Change is not null, at);
            Assert.True(model.Serial == harness.Zone.Serial.Value, $"{at}: serial {harness.Zone.Serial}, {model.Serial} expected");
            Assert.True(UpdateModel.SameRecords(model.Zone, RandomUpdates.Records(harness.Zone)), at);
            seen.Add(expected.ToString());
            if (expected == Rcode.NoError && !isChanged)
                seen.Add("no change");
            if (serialBefore > model.Serial)
                seen.Add("wrapped");
        }
    }
}

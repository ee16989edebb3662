using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Loading;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Tree;
using ActorDns.Zones.Updates;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>Random histories of updates, compared with the oracle after every message.</summary>
public sealed class UpdateHistoryTests
{
    private const int Histories = 3_000;
    private const int MessagesPerHistory = 12;

    private static readonly RecordType[] Types =
        [RecordType.A, RecordType.Txt, RecordType.Cname, RecordType.Ns, RecordType.Ptr, RecordType.Soa, RecordType.Wks];

    private static readonly RecordType[] MetaTypes = [RecordType.Axfr, RecordType.MailA, RecordType.MailB];

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
        List<UpdateModel.Record> records =
        [
            new("example.", RecordType.Soa, 3600, Convert.ToHexString(ZoneSamples.Soa(serial))),
            new("example.", RecordType.Ns, 3600, Data("ns.example.")),
            new("a.example.", RecordType.A, 60, "01020304"),
            new("c.b.example.", RecordType.Txt, 60, "0131"),
        ];
        UpdateModel model = new("example.", records);
        using UpdateHarness harness = new(Build(records), Settings);
        for (int step = 0; step < MessagesPerHistory; step++)
        {
            List<UpdateModel.Operand> prerequisites = Prerequisites(random, model);
            List<UpdateModel.Operand> updates = Updates(random, model);
            List<UpdateModel.Record> before = [.. model.Zone];
            uint serialBefore = model.Serial;
            Rcode expected = model.Run(prerequisites, updates);
            UpdateResult result = harness.Run(Write(random, prerequisites, updates));

            string at = $"seed {seed}, message {step}: {result.Failure?.Text}";
            Assert.True(expected == result.Rcode, $"{at}: {expected} expected");
            bool isChanged = !UpdateModel.SameRecords(before, model.Zone);
            Assert.True(isChanged == result.Change is not null, at);
            Assert.True(model.Serial == harness.Zone.Serial.Value, $"{at}: serial {harness.Zone.Serial}, {model.Serial} expected");
            Assert.True(UpdateModel.SameRecords(model.Zone, Records(harness.Zone)), at);
            seen.Add(expected.ToString());
            if (expected == Rcode.NoError && !isChanged)
                seen.Add("no change");
            if (serialBefore > model.Serial)
                seen.Add("wrapped");
        }
    }

    private static List<UpdateModel.Operand> Prerequisites(Random random, UpdateModel model)
    {
        List<UpdateModel.Operand> list = [];
        while (random.Next(3) == 0)
        {
            string name = Name(random);
            RecordType type = random.Next(3) == 0 ? RecordType.Any : Types[random.Next(Types.Length)];
            uint ttl = random.Next(40) == 0 ? 1u : 0;
            switch (random.Next(12))
            {
                case < 3:
                    list.Add(new(RecordClass.Any, name, type, ttl, ""));
                    break;
                case < 6:
                    list.Add(new(RecordClass.None, name, type, ttl, ""));
                    break;
                case < 10 when model.Zone.Count > 0:
                    UpdateModel.Record picked = model.Zone[random.Next(model.Zone.Count)];
                    list.AddRange(model.Zone
                        .Where(record => record.Name == picked.Name && record.Type == picked.Type && random.Next(10) > 0)
                        .Select(record => new UpdateModel.Operand(RecordClass.In, record.Name, record.Type, ttl, record.Data)));
                    break;
                case 10:
                    list.Add(new(RecordClass.In, name, RecordType.A, ttl, Data(random, RecordType.A, model)));
                    break;
                default:
                    list.Add(new(random.Next(2) == 0 ? RecordClass.Ch : RecordClass.Any, name, RecordType.A, 0, "01020304"));
                    break;
            }
        }

        return list;
    }

    private static List<UpdateModel.Operand> Updates(Random random, UpdateModel model)
    {
        List<UpdateModel.Operand> list = [];
        for (int count = random.Next(6); count > 0; count--)
        {
            string name = Name(random);
            RecordType type = Types[random.Next(Types.Length)];
            switch (random.Next(40))
            {
                case < 18:
                    list.Add(new(RecordClass.In, name, type, 60 + (uint)random.Next(2), Data(random, type, model)));
                    break;
                case < 22:
                    list.Add(new(RecordClass.Any, name, type, 0, ""));
                    break;
                case < 25:
                    list.Add(new(RecordClass.Any, name, RecordType.Any, 0, ""));
                    break;
                case < 30:
                    list.Add(new(RecordClass.None, name, type, 0, Data(random, type, model)));
                    break;
                case < 39:
                    UpdateModel.Record picked = model.Zone[random.Next(model.Zone.Count)];
                    list.Add(random.Next(2) == 0
                        ? new(RecordClass.None, picked.Name, picked.Type, 0, picked.Data)
                        : new(RecordClass.In, picked.Name, picked.Type, picked.Ttl, picked.Data));
                    break;
                default:
                    list.Add(Malformed(random, name));
                    break;
            }
        }

        return list;
    }

    private static UpdateModel.Operand Malformed(Random random, string name) => random.Next(5) switch
    {
        0 => new(RecordClass.Any, name, RecordType.A, 5, ""),
        1 => new(RecordClass.Any, name, MetaTypes[random.Next(MetaTypes.Length)], 0, ""),
        2 => new(RecordClass.None, name, RecordType.A, 5, "01020304"),
        3 => new(RecordClass.In, name, MetaTypes[random.Next(MetaTypes.Length)], 60, "00"),
        _ => new(RecordClass.Hs, name, RecordType.A, 60, "01020304"),
    };

    private static string Name(Random random)
    {
        string[] names = ["example.", "a.example.", "b.example.", "c.b.example.", "d.c.b.example.", "w.example."];
        return random.Next(150) == 0 ? "other." : names[random.Next(names.Length)];
    }

    private static string Data(Random random, RecordType type, UpdateModel model)
    {
        if (type == RecordType.A)
            return "010203" + random.Next(3).ToString("X2");
        if (type == RecordType.Txt)
            return "01" + (0x31 + random.Next(3)).ToString("X2");
        if (type == RecordType.Wks)
            return "01020304" + (random.Next(2) == 0 ? "06" : "11") + (random.Next(2) == 0 ? "80" : "40");
        if (type == RecordType.Soa)
        {
            uint[] steps = [0, 1, 2, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];
            string soa = model.Zone.Single(record => record.Type == RecordType.Soa).Data;
            return UpdateModel.WithSerial(soa, unchecked(model.Serial + steps[random.Next(steps.Length)]));
        }

        return Data(random.Next(2) == 0 ? "ns.example." : "a.example.");
    }

    private static string Data(string name) => Convert.ToHexString(ZoneSamples.Wire(name));

    // Owners in any case, since no answer may depend on it; but for additions, where the case can become the zone's.
    private static UpdateWriter Write(
        Random random, IEnumerable<UpdateModel.Operand> prerequisites, IEnumerable<UpdateModel.Operand> updates)
    {
        UpdateWriter writer = new();
        foreach (UpdateModel.Operand rr in prerequisites)
            writer.Prerequisite(rr.Class, AnyCase(random, rr.Name), rr.Type, Convert.FromHexString(rr.Data), rr.Ttl);
        foreach (UpdateModel.Operand rr in updates)
            writer.Update(rr.Class, rr.Class == RecordClass.In ? rr.Name : AnyCase(random, rr.Name), rr.Type, Convert.FromHexString(rr.Data), rr.Ttl);
        return writer;
    }

    private static string AnyCase(Random random, string name) => random.Next(3) == 0 ? name.ToUpperInvariant() : name;

    private static ZoneSnapshot Build(List<UpdateModel.Record> records)
    {
        ZoneBuilder builder = new(ZoneSamples.Origin, ChangeSamples.Arena());
        foreach (UpdateModel.Record record in records)
            builder.Add(record.Name, record.Type, Convert.FromHexString(record.Data), record.Ttl);
        return builder.Build();
    }

    private static List<UpdateModel.Record> Records(ZoneSnapshot zone)
    {
        List<UpdateModel.Record> records = [];
        foreach (NameView name in zone.Names.Walk())
        {
            string owner = NameText.ToText(name.Owner, keepFinalDot: true).ToLowerInvariant();
            foreach (RecordSetView set in name)
            {
                foreach (ReadOnlySpan<byte> rdata in set)
                    records.Add(new(owner, set.Type, set.Ttl, Convert.ToHexString(rdata)));
            }
        }

        return records;
    }
}

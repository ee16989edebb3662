using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Changes;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>Makes updates that often meet what the zone has, few names and few values being in play.</summary>
/// <param name="random">Where chance comes from.</param>
/// <param name="withMalformed">True with records that no update may have among the others.</param>
internal sealed class RandomUpdates(Random random, bool withMalformed = true)
{
    private static readonly RecordType[] Types =
        [RecordType.A, RecordType.Txt, RecordType.Cname, RecordType.Ns, RecordType.Ptr, RecordType.Soa, RecordType.Wks];

    private static readonly RecordType[] MetaTypes = [RecordType.Axfr, RecordType.MailA, RecordType.MailB];

    /// <summary>The zone that histories begin with.</summary>
    public static List<UpdateModel.Record> FirstRecords(uint serial) =>
    [
        new("example.", RecordType.Soa, 3600, Convert.ToHexString(ZoneSamples.Soa(serial))),
        new("example.", RecordType.Ns, 3600, Data("ns.other.")),
        new("a.example.", RecordType.A, 60, "01020304"),
        new("c.b.example.", RecordType.Txt, 60, "0131"),
    ];

    public List<UpdateModel.Operand> Prerequisites(UpdateModel model)
    {
        List<UpdateModel.Operand> list = [];
        while (random.Next(3) == 0)
        {
            string name = Name();
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
                case 11 when withMalformed:
                    list.Add(new(random.Next(2) == 0 ? RecordClass.Ch : RecordClass.Any, name, RecordType.A, 0, "01020304"));
                    break;
                default:
                    list.Add(new(RecordClass.In, name, RecordType.A, ttl, Data(RecordType.A, model)));
                    break;
            }
        }

        return list;
    }

    public List<UpdateModel.Operand> Updates(UpdateModel model)
    {
        List<UpdateModel.Operand> list = [];
        for (int count = random.Next(6); count > 0; count--)
        {
            string name = Name();
            RecordType type = Types[random.Next(Types.Length)];
            switch (random.Next(40))
            {
                case < 18:
                    list.Add(new(RecordClass.In, name, type, 60 + (uint)random.Next(2), Data(type, model)));
                    break;
                case < 22:
                    list.Add(new(RecordClass.Any, name, type, 0, ""));
                    break;
                case < 25:
                    list.Add(new(RecordClass.Any, name, RecordType.Any, 0, ""));
                    break;
                case < 30:
                    list.Add(new(RecordClass.None, name, type, 0, Data(type, model)));
                    break;
                case < 39:
                case 39 when !withMalformed:
                    UpdateModel.Record picked = model.Zone[random.Next(model.Zone.Count)];
                    list.Add(random.Next(2) == 0
                        ? new(RecordClass.None, picked.Name, picked.Type, 0, picked.Data)
                        : new(RecordClass.In, picked.Name, picked.Type, picked.Ttl, picked.Data));
                    break;
                default:
                    list.Add(Malformed(name));
                    break;
            }
        }

        return list;
    }

    private UpdateModel.Operand Malformed(string name) => random.Next(5) switch
    {
        0 => new(RecordClass.Any, name, RecordType.A, 5, ""),
        1 => new(RecordClass.Any, name, MetaTypes[random.Next(MetaTypes.Length)], 0, ""),
        2 => new(RecordClass.None, name, RecordType.A, 5, "01020304"),
        3 => new(RecordClass.In, name, MetaTypes[random.Next(MetaTypes.Length)], 60, "00"),
        _ => new(RecordClass.Hs, name, RecordType.A, 60, "01020304"),
    };

    private string Name()
    {
        string[] names = ["example.", "a.example.", "b.example.", "c.b.example.", "d.c.b.example.", "w.example."];
        return random.Next(150) == 0 ? "other." : names[random.Next(names.Length)];
    }

    private string Data(RecordType type, UpdateModel model)
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

        return Data(random.Next(2) == 0 ? "ns.other." : "a.other.");
    }

    private static string Data(string name) => Convert.ToHexString(ZoneSamples.Wire(name));

    // Owners in any case, since no answer may depend on it; but for additions, where the case can become the zone's.
    public UpdateWriter Write(
        IEnumerable<UpdateModel.Operand> prerequisites, IEnumerable<UpdateModel.Operand> updates)
    {
        UpdateWriter writer = new();
        foreach (UpdateModel.Operand rr in prerequisites)
            writer.Prerequisite(rr.Class, AnyCase(rr.Name), rr.Type, Convert.FromHexString(rr.Data), rr.Ttl);
        foreach (UpdateModel.Operand rr in updates)
            writer.Update(rr.Class, rr.Class == RecordClass.In ? rr.Name : AnyCase(rr.Name), rr.Type, Convert.FromHexString(rr.Data), rr.Ttl);
        return writer;
    }

    private string AnyCase(string name) => random.Next(3) == 0 ? name.ToUpperInvariant() : name;

    public static ZoneSnapshot Build(List<UpdateModel.Record> records)
    {
        ZoneBuilder builder = new(ZoneSamples.Origin, ChangeSamples.Arena());
        foreach (UpdateModel.Record record in records)
            builder.Add(record.Name, record.Type, Convert.FromHexString(record.Data), record.Ttl);
        return builder.Build();
    }

    public static List<UpdateModel.Record> Records(ZoneSnapshot zone)
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

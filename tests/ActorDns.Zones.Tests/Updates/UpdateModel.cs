using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Tests.Updates;

/// <summary>
/// The pseudo-code of RFC 2136 §3 over plain lists, as an oracle. Names are strings in lower case, data are lists of octets as hexadecimal
/// text. What the RFC leaves open is decided as RFC 2181 §5.2 does: the TTL of an added record becomes that of its set.
/// </summary>
internal sealed class UpdateModel(string origin, List<UpdateModel.Record> zone)
{
    private uint _serialBefore;

    public sealed record Record(string Name, RecordType Type, uint Ttl, string Data);

    public sealed record Operand(RecordClass Class, string Name, RecordType Type, uint Ttl, string Data);

    public List<Record> Zone { get; private set; } = zone;

    public uint Serial => SerialOf(Zone.Single(record => record.Type == RecordType.Soa).Data);

    public static uint SerialOf(string soa) => Convert.ToUInt32(soa[^40..^32], 16);

    public static string WithSerial(string soa, uint serial) => soa[..^40] + serial.ToString("X8") + soa[^32..];

    public Rcode Run(IReadOnlyList<Operand> prerequisites, IReadOnlyList<Operand> updates)
    {
        // Permission and prescan come first here (BIND's order), which only tells which rcode is sent when several would do.
        Rcode rcode = Prescan(updates);
        if (rcode == Rcode.NoError)
            rcode = Check(prerequisites);
        if (rcode != Rcode.NoError)
            return rcode;
        List<Record> before = [.. Zone];
        _serialBefore = Serial;
        foreach (Operand update in updates)
            Apply(update);
        if (Serial == _serialBefore && !SameRecords(before, Zone))
            StepSerial();
        return Rcode.NoError;
    }

    public static bool SameRecords(IEnumerable<Record> left, IEnumerable<Record> right) =>
        left.Order(Comparer<Record>.Create(Compare)).SequenceEqual(right.Order(Comparer<Record>.Create(Compare)));

    private static int Compare(Record left, Record right) => string.CompareOrdinal(left.ToString(), right.ToString());

    private bool IsOutside(string name) => name != origin && !name.EndsWith("." + origin, StringComparison.Ordinal);

    private IEnumerable<Record> Set(string name, RecordType type) => Zone.Where(record => record.Name == name && record.Type == type);

    private Rcode Check(IReadOnlyList<Operand> prerequisites)
    {
        Dictionary<(string, RecordType), HashSet<string>> temp = [];
        foreach (Operand rr in prerequisites)
        {
            if (rr.Ttl != 0)
                return Rcode.FormErr;
            if (IsOutside(rr.Name))
                return Rcode.NotZone;
            bool nameExists = Zone.Any(record => record.Name == rr.Name);
            bool setExists = Set(rr.Name, rr.Type).Any();
            if (rr.Class == RecordClass.Any)
            {
                if (rr.Data.Length > 0)
                    return Rcode.FormErr;
                if (rr.Type == RecordType.Any && !nameExists)
                    return Rcode.NxDomain;
                if (rr.Type != RecordType.Any && !setExists)
                    return Rcode.NxRrset;
            }
            else if (rr.Class == RecordClass.None)
            {
                if (rr.Data.Length > 0)
                    return Rcode.FormErr;
                if (rr.Type == RecordType.Any && nameExists)
                    return Rcode.YxDomain;
                if (rr.Type != RecordType.Any && setExists)
                    return Rcode.YxRrset;
            }
            else if (rr.Class == RecordClass.In)
            {
                if (!temp.TryGetValue((rr.Name, rr.Type), out HashSet<string>? set))
                    temp[(rr.Name, rr.Type)] = set = [];
                set.Add(rr.Data);
            }
            else
            {
                return Rcode.FormErr;
            }
        }

        bool allEqual = temp.All(entry => entry.Value.SetEquals(Set(entry.Key.Item1, entry.Key.Item2).Select(record => record.Data)));
        return allEqual ? Rcode.NoError : Rcode.NxRrset;
    }

    private Rcode Prescan(IReadOnlyList<Operand> updates)
    {
        foreach (Operand rr in updates)
        {
            if (IsOutside(rr.Name))
                return Rcode.NotZone;
            bool isAny = rr.Type == RecordType.Any;
            bool isOtherMeta = rr.Type == RecordType.Axfr || rr.Type == RecordType.MailA || rr.Type == RecordType.MailB;
            bool isFine = rr.Class == RecordClass.In ? !isAny && !isOtherMeta
                : rr.Class == RecordClass.Any ? rr.Ttl == 0 && rr.Data.Length == 0 && !isOtherMeta
                : rr.Class == RecordClass.None && rr.Ttl == 0 && !isAny && !isOtherMeta;
            if (!isFine)
                return Rcode.FormErr;
        }

        return Rcode.NoError;
    }

    private void Apply(Operand rr)
    {
        if (rr.Class == RecordClass.In)
        {
            Add(rr);
        }
        else if (rr.Class == RecordClass.Any)
        {
            if (rr.Type == RecordType.Any)
                Zone.RemoveAll(record => record.Name == rr.Name && (rr.Name != origin || !IsSoaOrNs(record.Type)));
            else if (rr.Name != origin || !IsSoaOrNs(rr.Type))
                Zone.RemoveAll(record => record.Name == rr.Name && record.Type == rr.Type);
        }
        else
        {
            bool isLastNs = rr.Name == origin && rr.Type == RecordType.Ns && Set(rr.Name, rr.Type).Count() == 1;
            if (rr.Type != RecordType.Soa && !isLastNs)
                Zone.RemoveAll(record => record.Name == rr.Name && record.Type == rr.Type && record.Data == rr.Data);
        }
    }

    private void Add(Operand rr)
    {
        if (rr.Type == RecordType.Cname && Zone.Any(record => record.Name == rr.Name && record.Type != RecordType.Cname))
            return;
        if (rr.Type != RecordType.Cname && Set(rr.Name, RecordType.Cname).Any())
            return;
        if (rr.Type == RecordType.Soa)
        {
            if (!Set(rr.Name, RecordType.Soa).Any())
                return;
            // In a positive direction, also from where the update began (§3.6).
            uint serial = SerialOf(rr.Data);
            if (unchecked(serial - Serial) is 0 or >= 0x80000000 || unchecked(serial - _serialBefore) is 0 or >= 0x80000000)
                return;
        }

        Zone.RemoveAll(record => record.Name == rr.Name && record.Type == rr.Type && IsReplaced(record, rr));
        Zone.Add(new Record(rr.Name, rr.Type, rr.Ttl, rr.Data));
        Zone = [.. Zone.Select(record => record.Name == rr.Name && record.Type == rr.Type ? record with { Ttl = rr.Ttl } : record)];
    }

    private static bool IsReplaced(Record old, Operand rr) =>
        rr.Type == RecordType.Cname || rr.Type == RecordType.Soa || old.Data == rr.Data
        || (rr.Type == RecordType.Wks && old.Data[..10] == rr.Data[..10]);

    private static bool IsSoaOrNs(RecordType type) => type == RecordType.Soa || type == RecordType.Ns;

    private void StepSerial()
    {
        uint next = unchecked(Serial + 1);
        Zone = [.. Zone.Select(record => record.Type == RecordType.Soa
            ? record with { Data = WithSerial(record.Data, next == 0 ? 1 : next) }
            : record)];
    }
}

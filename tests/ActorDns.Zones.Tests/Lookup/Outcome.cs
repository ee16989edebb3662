using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Lookup;

/// <summary>A plan as text, section by section: one line for each record, and one for all signatures over a set.</summary>
internal sealed record Outcome(
    Rcode Rcode, bool IsAuthoritative, string[] Answer, string[] Authority, string[] Additional, PlanEntry[] Entries, bool IsIncomplete)
{
    /// <summary>Asks the zones, the one nearest to each name in turn.</summary>
    public static Outcome Of(string name, string type, LookupOptions options, params ZoneSnapshot[] zones)
    {
        using AnswerPlan plan = new();
        plan.Reset(DomainName.Parse(name).Wire);
        options = options with { Type = Parse(type) };
        while (Nearest(zones, plan.CurrentName.Wire) is { } zone && ZoneLookup.Resolve(zone, options, plan))
        {
        }

        return new Outcome(
            plan.Rcode,
            plan.IsAuthoritative,
            Lines(plan, AnswerSection.Answer),
            Lines(plan, AnswerSection.Authority),
            Lines(plan, AnswerSection.Additional),
            plan.Entries.ToArray(),
            plan.IsIncomplete);
    }

    public static Outcome Of(ZoneSnapshot zone, string name, string type) => Of(name, type, default, zone);

    public static Outcome Signed(ZoneSnapshot zone, string name, string type) =>
        Of(name, type, new LookupOptions { DnssecOk = true }, zone);

    /// <summary>Owners and types of a section, in its order, without repetition.</summary>
    public static string[] Heads(string[] section) => [.. section
        .Select(line => line.Split(' '))
        .Select(words => words[2] == "RRSIG" ? $"{words[0]} RRSIG {words[3]}" : $"{words[0]} {words[2]}")
        .Distinct()];

    private static RecordType Parse(string type)
    {
        Assert.True(RecordType.TryParse(type, out RecordType parsed), type);
        return parsed;
    }

    private static ZoneSnapshot? Nearest(ZoneSnapshot[] zones, ReadOnlySpan<byte> name)
    {
        ZoneSnapshot? nearest = null;
        foreach (ZoneSnapshot zone in zones)
        {
            bool encloses = WireName.IsAtOrBelow(name, zone.Origin.Wire);
            if (encloses && (nearest is null || zone.Origin.Wire.Length > nearest.Origin.Wire.Length))
                nearest = zone;
        }

        return nearest;
    }

    private static string[] Lines(AnswerPlan plan, AnswerSection section)
    {
        List<string> lines = [];
        foreach (PlanEntry entry in plan.Entries)
        {
            if (entry.Section != section)
                continue;
            string head = $"{NameText.ToText(entry.Owner.Wire, keepFinalDot: true)} {entry.Ttl}";
            if (entry.Set.IsNull)
                lines.Add($"{head} CNAME {NameText.ToText(entry.Target.Wire, keepFinalDot: true)}");
            else if (entry.Set.Type == RecordType.Rrsig)
                lines.Add($"{head} RRSIG {entry.Set.Covered}");
            else
                AddSet(lines, head, entry);
        }

        return [.. lines];
    }

    private static void AddSet(List<string> lines, string head, in PlanEntry entry)
    {
        foreach (ReadOnlySpan<byte> rdata in entry.Set)
        {
            StringBuilder text = new($"{head} {entry.Set.Type} ");
            RecordFormats.Of(entry.Set.Type).AppendText(text, rdata);
            lines.Add(text.ToString());
        }

        if (entry.WithSignatures && entry.Set.TryGetSignatures(out RecordSetView signatures))
            lines.Add($"{head} RRSIG {signatures.Covered}");
    }
}

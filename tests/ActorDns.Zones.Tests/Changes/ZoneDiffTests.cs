using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Changes;

public sealed class ZoneDiffTests
{
    [Fact]
    public void Same_content_gives_an_empty_change()
    {
        ZoneChange change = ZoneDiff.Between(ChangeSamples.Zone(("a.example.", 1)), ChangeSamples.Zone(("a.example.", 1)));
        Assert.True(change.IsEmpty);
    }

    [Fact]
    public void Other_soa_alone_is_a_change()
    {
        ZoneChange change = ZoneDiff.Between(ChangeSamples.Zone(), ChangeSamples.Change(1, 5).Apply(ChangeSamples.Zone()));
        Assert.False(change.IsEmpty);
        Assert.Equal((1u, 5u, 2), (change.SerialFrom.Value, change.SerialTo.Value, change.RecordCount));
    }

    [Fact, Rfc(1995, "4")]
    public void Another_ttl_or_another_case_is_a_removal_and_an_addition()
    {
        ZoneBuilder before = ZoneSamples.Builder(ChangeSamples.Arena());
        before.Add("t.example.", RecordType.A, ZoneSamples.Address(1), 60);
        before.Add("case.example.", RecordType.A, ZoneSamples.Address(1));
        before.Add("data.example.", RecordType.Ptr, ZoneSamples.Wire("host.example."));
        ZoneBuilder after = ZoneSamples.Builder(ChangeSamples.Arena());
        after.Add("t.example.", RecordType.A, ZoneSamples.Address(1), 90);
        after.Add("CASE.example.", RecordType.A, ZoneSamples.Address(1));
        after.Add("data.example.", RecordType.Ptr, ZoneSamples.Wire("HOST.example."));
        Assert.Equal(
            """
            -example. 3600 IN SOA ns.example. admin.example. 1 0 0 0 300
            -case.example. 60 IN A 0.0.0.1
            -data.example. 60 IN PTR host.example.
            -t.example. 60 IN A 0.0.0.1
            +example. 3600 IN SOA ns.example. admin.example. 1 0 0 0 300
            +CASE.example. 60 IN A 0.0.0.1
            +data.example. 60 IN PTR HOST.example.
            +t.example. 90 IN A 0.0.0.1

            """,
            ZoneDiff.Between(before.Build(), after.Build()).ToText());
    }

    [Fact]
    public void Hashed_names_are_compared_too()
    {
        byte[] owner = ZoneSamples.Wire("00000000000000000000000000000000.example.");
        byte[] rdata = [1, 0, 0, 0, 0, 20, .. new byte[20]];
        ZoneBuilder signed = ZoneSamples.Builder(ChangeSamples.Arena());
        signed.Add(owner, RecordType.Nsec3, 60, rdata);
        signed.Add(owner, RecordType.Rrsig, 60, ZoneSamples.Rrsig(RecordType.Nsec3));
        ZoneSnapshot before = ZoneSamples.Builder(ChangeSamples.Arena()).Build();
        ZoneSnapshot after = signed.Build();
        ZoneChange change = ZoneDiff.Between(before, after);
        Assert.Equal((0, 2), (change.RemovedCount, change.AddedCount));
        Assert.Equal(ChangeSamples.Records(after), ChangeSamples.Records(change.Apply(before)));
    }

    [Fact]
    public void Shared_parts_of_one_lineage_are_passed_over()
    {
        ZoneBuilder builder = ZoneSamples.Builder(ChangeSamples.Arena());
        for (int number = 0; number < 20_000; number++)
            builder.Add($"h{number}.example.", RecordType.A, ZoneSamples.Address((uint)number));
        ZoneSnapshot before = builder.Build();
        ZoneSnapshot after = ChangeSamples.Change(1, 2, "- h77.example. 77", "+ zebra.example. 1").Apply(before);

        TreeDiff diff = TreeDiff.Between(before.Names, after.Names);
        Assert.Equal(3, diff.Names.Count);
        Assert.InRange(diff.ComparedNodes, 3, 300);
    }

    [Fact]
    public void Random_versions_give_changes_that_lead_from_one_to_the_other()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            Random random = new(seed);
            ZoneSnapshot before = RandomZone(random, 1);
            ZoneSnapshot apart = RandomZone(random, 2);
            RoundTrip(before, apart, seed);

            List<ZoneChange> steps = [];
            ZoneSnapshot last = before;
            for (uint serial = 2; serial < 6; serial++)
            {
                ZoneSnapshot next = ZoneDiff.Between(last, RandomZone(random, serial)).Apply(last);
                steps.Add(RoundTrip(last, next, seed));
                last = next;
            }

            Assert.True(ZoneChange.TryCondense(steps, out ZoneChange? condensed));
            ZoneChange direct = ZoneDiff.Between(before, last);
            Assert.True(Lines(direct).SequenceEqual(Lines(condensed)), $"seed {seed}");
        }
    }

    private static ZoneChange RoundTrip(ZoneSnapshot before, ZoneSnapshot after, int seed)
    {
        ZoneChange change = ZoneDiff.Between(before, after);
        Assert.True(ZoneChange.TryParse(change.Wire, out ZoneChange? parsed), $"seed {seed}");
        Assert.Equal(change.ToText(), parsed.ToText());
        using SnapshotEditor editor = new(Copy(before));
        Assert.True(parsed.TryApply(editor, out ChangeConflict? conflict), $"seed {seed}: {conflict}");
        ZoneSnapshot made = editor.Commit();
        Assert.True(ChangeSamples.Records(after).SequenceEqual(ChangeSamples.Records(made)), $"seed {seed}");
        ZoneSnapshot back = change.Invert(before.Serial).Apply(made);
        Assert.True(ChangeSamples.Records(before).SequenceEqual(ChangeSamples.Records(back)), $"seed {seed}");
        return change;
    }

    // The same content in memory of its own, so that nothing is shared with the original.
    private static ZoneSnapshot Copy(ZoneSnapshot zone)
    {
        ZoneBuilder builder = new(zone.Origin, ChangeSamples.Arena());
        foreach (NameView name in zone.Names.Walk())
        {
            foreach (RecordSetView set in name)
            {
                foreach (ReadOnlySpan<byte> rdata in set)
                    builder.Add(name.Owner, set.Type, set.Ttl, rdata);
            }
        }

        return builder.Build();
    }

    private static IEnumerable<string> Lines(ZoneChange change) => change.ToText().Split('\n').Order(StringComparer.Ordinal);

    private static ZoneSnapshot RandomZone(Random random, uint serial)
    {
        string[] labels = ["a", "A", "b", "ab", "aB", "abc", "b-c", "*", "\\000", "x"];
        ZoneBuilder builder = new(ZoneSamples.Origin, ChangeSamples.Arena());
        builder.Add(ZoneSamples.Origin.Wire, RecordType.Soa, 3600, ZoneSamples.Soa(serial));
        builder.Add(ZoneSamples.Origin.Wire, RecordType.Ns, 3600, ZoneSamples.Wire("ns.example."));
        int names = random.Next(12);
        for (int i = 0; i < names; i++)
        {
            string owner = "example.";
            for (int depth = random.Next(1, 4); depth > 0; depth--)
                owner = labels[random.Next(labels.Length)] + "." + owner;
            for (int records = random.Next(1, 4); records > 0; records--)
            {
                if (random.Next(3) == 0)
                    builder.Add(owner, RecordType.Ptr, ZoneSamples.Wire(labels[random.Next(labels.Length)] + ".example."));
                else
                    builder.Add(owner, RecordType.A, ZoneSamples.Address((uint)random.Next(3)), 60 + (uint)random.Next(2));
            }
        }

        return builder.Build();
    }
}

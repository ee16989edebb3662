using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Loading;
using ActorDns.Zones.Tests.Snapshots;

namespace ActorDns.Zones.Tests.Changes;

public sealed class ZoneChangeTests
{
    private static readonly ZoneChange Sample = ChangeSamples.Change(7, 9, "- a.example. 1", "- b.example. 2 30", "+ c.example. 3");

    [Fact]
    public void Change_tells_serials_counts_and_records_in_order()
    {
        Assert.Equal(new Serial(7), Sample.SerialFrom);
        Assert.Equal(new Serial(9), Sample.SerialTo);
        Assert.Equal((2, 1, 5), (Sample.RemovedCount, Sample.AddedCount, Sample.RecordCount));
        List<string> lines = [];
        foreach (ChangeRecord record in Sample.Removed)
            lines.Add(record.ToString());
        foreach (ChangeRecord record in Sample.Added)
            lines.Add(record.ToString());
        Assert.Equal(["a.example. 60 IN A 0.0.0.1", "b.example. 30 IN A 0.0.0.2", "c.example. 60 IN A 0.0.0.3"], lines);
    }

    [Fact, Rfc(1995, "4")]
    public void Change_is_old_soa_removed_new_soa_added_on_the_wire()
    {
        List<RecordType> types = [];
        List<uint> numbers = [];
        ReadOnlySpan<byte> rest = Sample.Wire.Span;
        while (!rest.IsEmpty)
        {
            int owner = WireName.LengthOf(rest);
            int length = (rest[owner + 8] << 8) | rest[owner + 9];
            types.Add(new RecordType((ushort)((rest[owner] << 8) | rest[owner + 1])));
            Assert.Equal(RecordClass.In.Value, (rest[owner + 2] << 8) | rest[owner + 3]);
            ReadOnlySpan<byte> rdata = rest.Slice(owner + 10, length);
            numbers.Add(length == 4 ? rdata[3] : new SoaData(rdata).Serial.Value);
            rest = rest[(owner + 10 + length)..];
        }

        Assert.Equal([RecordType.Soa, RecordType.A, RecordType.A, RecordType.Soa, RecordType.A], types);
        Assert.Equal([7u, 1, 2, 9, 3], numbers);
    }

    [Fact]
    public void Text_has_one_signed_line_for_each_record() => Assert.Equal(
        """
        -example. 3600 IN SOA ns.example. admin.example. 7 0 0 0 300
        -a.example. 60 IN A 0.0.0.1
        -b.example. 30 IN A 0.0.0.2
        +example. 3600 IN SOA ns.example. admin.example. 9 0 0 0 300
        +c.example. 60 IN A 0.0.0.3

        """,
        Sample.ToText());

    [Fact]
    public void Text_of_any_record_is_what_the_record_says()
    {
        ZoneChangeBuilder builder = new();
        builder.SetOldSoa(ZoneSamples.Origin.Wire, 3600, ZoneSamples.Soa(7));
        builder.SetNewSoa(ZoneSamples.Origin.Wire, 3600, ZoneSamples.Soa(8));
        string longest = string.Join('.', new string('l', 63), new string('m', 63), new string('n', 63), new string('o', 53)) + ".example.";
        foreach (string owner in (string[])[@"a\.b.example.", @"a\000\255.example.", "*._tcp.example.", longest])
        {
            builder.Remove(ZoneSamples.Wire(owner), RecordType.A, uint.MaxValue >> 1, [255, 255, 255, 255]);
            builder.Remove(ZoneSamples.Wire(owner), RecordType.A, 0, [0, 10, 100, 9]);
            builder.Add(ZoneSamples.Wire(owner), RecordType.Txt, 60, [5, (byte)'"', 0xC3, 0xA4, (byte)'\\', (byte)';']);
            builder.Add(ZoneSamples.Wire(owner), new RecordType(65_280), 60, new byte[5_000]);
        }

        ZoneChange change = builder.Build();
        List<string> lines = ["-" + change.OldSoa.ToString()];
        foreach (ChangeRecord record in change.Removed)
            lines.Add("-" + record.ToString());
        lines.Add("+" + change.NewSoa.ToString());
        foreach (ChangeRecord record in change.Added)
            lines.Add("+" + record.ToString());
        Assert.Equal([.. lines, ""], change.ToText().Split('\n'));
    }

    [Fact]
    public void Parse_gives_back_what_was_built()
    {
        Assert.True(ZoneChange.TryParse(Sample.Wire, out ZoneChange? parsed));
        Assert.Equal(Sample.ToText(), parsed.ToText());
        Assert.Equal((Sample.SerialFrom, Sample.SerialTo), (parsed.SerialFrom, parsed.SerialTo));
        Assert.Equal((2, 1), (parsed.RemovedCount, parsed.AddedCount));
    }

    [Fact]
    public void Parse_refuses_every_cut_but_those_that_leave_a_sequence()
    {
        HashSet<int> whole = [Sample.Wire.Length, Sample.Wire.Length - "c.example. "u8.Length - 14];
        for (int length = 0; length <= Sample.Wire.Length; length++)
            Assert.Equal(whole.Contains(length), ZoneChange.TryParse(Sample.Wire[..length], out _));
    }

    [Fact]
    public void Parse_refuses_a_third_soa()
    {
        byte[] wire = [.. Sample.Wire.Span, .. Sample.NewSoa.Wire];
        Assert.False(ZoneChange.TryParse(wire, out _));
    }

    [Fact]
    public void Parse_refuses_a_record_outside_the_zone()
    {
        ZoneChange change = ChangeSamples.Change(1, 2, "+ a.other. 1");
        Assert.False(ZoneChange.TryParse(change.Wire, out _));
    }

    [Fact]
    public void Parse_refuses_another_class_a_meta_type_and_rdata_without_form()
    {
        byte[] wire = ChangeSamples.Change(1, 2, "+ a.example. 1").Wire.ToArray();
        int typeAt = wire.Length - 14;
        wire[typeAt + 3] = (byte)RecordClass.Ch.Value;
        Assert.False(ZoneChange.TryParse(wire, out _));
        wire[typeAt + 3] = (byte)RecordClass.In.Value;
        Assert.True(ZoneChange.TryParse(wire, out _));
        wire[typeAt + 1] = (byte)RecordType.Any.Value;
        Assert.False(ZoneChange.TryParse(wire, out _));
        wire[typeAt + 1] = (byte)RecordType.Aaaa.Value;
        Assert.False(ZoneChange.TryParse(wire, out _));
    }

    [Fact]
    public void Apply_leads_to_the_new_version()
    {
        ZoneSnapshot before = ChangeSamples.Zone(("a.example.", 1), ("a.example.", 2));
        ZoneSnapshot after = ChangeSamples.Change(1, 2, "- a.example. 1", "+ a.example. 3", "+ x.y.example. 4").Apply(before);

        Assert.Equal(new Serial(2), after.Serial);
        Assert.Equal(["example.", "a.example.", "y.example.", "x.y.example."], ZoneSamples.Names(after.Names));
        Assert.Equal(5, after.RecordCount);
    }

    [Fact]
    public void Changes_that_follow_each_other_apply_in_one_editor()
    {
        using SnapshotEditor editor = new(ChangeSamples.Zone());
        Assert.True(ChangeSamples.Change(1, 2, "+ a.example. 1").TryApply(editor, out _));
        Assert.True(ChangeSamples.Change(2, 5, "- a.example. 1", "+ b.example. 1").TryApply(editor, out _));
        Assert.False(ChangeSamples.Change(2, 6).TryApply(editor, out ChangeConflict? conflict));
        Assert.Equal(ChangeConflictKind.OtherSoa, conflict.Kind);
    }

    [Theory]
    [InlineData("- a.example. 9", ChangeConflictKind.RemovedIsMissing, "a.example. 60 IN A 0.0.0.9")]
    [InlineData("- z.example. 1", ChangeConflictKind.RemovedIsMissing, "z.example. 60 IN A 0.0.0.1")]
    [InlineData("+ a.example. 1", ChangeConflictKind.AddedIsThere, "a.example. 60 IN A 0.0.0.1")]
    [InlineData("+ c.example. 1", ChangeConflictKind.NotAddable, "c.example. 60 IN A 0.0.0.1")]
    public void Apply_refuses_what_does_not_fit_and_says_which(string line, ChangeConflictKind kind, string record)
    {
        ZoneBuilder builder = ZoneSamples.Builder(ChangeSamples.Arena());
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(1));
        builder.Add("c.example.", RecordType.Cname, ZoneSamples.Wire("a.example."));
        Assert.Equal(new ChangeConflict(kind, record), ChangeSamples.Change(1, 2, line).Refuse(builder.Build()));
    }

    [Fact]
    public void Apply_refuses_another_soa_than_the_one_it_starts_from()
    {
        ZoneSnapshot zone = ChangeSamples.Zone();
        Assert.Equal(ChangeConflictKind.OtherSoa, ChangeSamples.Change(2, 3).Refuse(zone).Kind);
    }

    [Fact]
    public void Apply_gives_an_owner_its_new_case()
    {
        ZoneSnapshot before = ChangeSamples.Zone(("a.example.", 1), ("x.a.example.", 1), ("b.example.", 1));
        ZoneSnapshot after = ChangeSamples.Change(
            1, 2, "- a.example. 1", "- b.example. 1", "+ A.example. 1", "+ B.example. 1").Apply(before);
        Assert.Equal(["example.", "A.example.", "x.a.example.", "B.example."], ZoneSamples.Names(after.Names));
    }

    [Fact]
    public void Apply_gives_a_set_its_new_ttl()
    {
        ZoneSnapshot before = ChangeSamples.Zone(("a.example.", 1), ("a.example.", 2));
        ZoneSnapshot after = ChangeSamples.Change(
            1, 2, "- a.example. 1", "- a.example. 2", "+ a.example. 1 90", "+ a.example. 2 90").Apply(before);
        Assert.True(after.Names.Find("a.example.").TryFind(RecordType.A, out var set));
        Assert.Equal((90u, 2), (set.Ttl, set.Count));
    }

    [Fact]
    public void Inverted_change_leads_back_under_a_new_serial()
    {
        ZoneSnapshot before = ChangeSamples.Zone(("a.example.", 1), ("b.example.", 1));
        ZoneChange change = ChangeSamples.Change(1, 2, "- a.example. 1", "+ b.example. 2");
        ZoneSnapshot back = change.Invert(new Serial(3)).Apply(change.Apply(before));

        Assert.Equal(new Serial(3), back.Serial);
        Assert.Equal(SnapshotContent.Of(before).Where(IsNoSoa), SnapshotContent.Of(back).Where(IsNoSoa));
    }

    [Fact, Rfc(1995, "6")]
    public void Condensed_change_forgets_what_came_and_went()
    {
        Assert.True(ZoneChange.TryCondense(
            [
                ChangeSamples.Change(1, 2, "- a.example. 1", "+ b.example. 2", "+ t.example. 5"),
                ChangeSamples.Change(2, 3, "- b.example. 2", "+ a.example. 1", "+ c.example. 3"),
                ChangeSamples.Change(3, 4, "- c.example. 3", "- t.example. 5", "+ C.example. 3", "+ t.example. 5 90"),
            ],
            out ZoneChange? condensed));
        Assert.Equal(ChangeSamples.Change(1, 4, "+ t.example. 5 90", "+ C.example. 3").ToText(), condensed.ToText());
    }

    [Fact]
    public void Condense_refuses_changes_that_do_not_follow_each_other()
    {
        Assert.False(ZoneChange.TryCondense([ChangeSamples.Change(1, 2), ChangeSamples.Change(3, 4)], out _));
        Assert.False(ZoneChange.TryCondense([], out _));
        Assert.True(ZoneChange.TryCondense([Sample], out ZoneChange? same));
        Assert.Same(Sample, same);
    }

    private static bool IsNoSoa(string line) => !line.StartsWith("SOA ", StringComparison.Ordinal);
}

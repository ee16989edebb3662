using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Snapshots;

public sealed class SnapshotEditorTests
{
    private static ZoneArena Arena() => new(poison: true) { IsShared = true, GenerationLimit = 5 };

    [Fact]
    public void Edit_makes_a_new_version_and_leaves_the_old_one()
    {
        ZoneBuilder builder = ZoneSamples.Builder(Arena());
        builder.Add("a.example.", RecordType.A, ZoneSamples.Address(1));
        ZoneSnapshot before = builder.Build();

        using SnapshotEditor editor = new(before);
        Assert.Equal(AddResult.Added, editor.Add(ZoneSamples.Wire("b.c.example."), RecordType.A, 60, ZoneSamples.Address(2)));
        Assert.True(editor.Remove(ZoneSamples.Wire("A.example."), RecordType.A, ZoneSamples.Address(1)));
        NameContent apex = editor.Open(ZoneSamples.Origin.Wire);
        apex.Remove(RecordType.Soa);
        apex.Add(RecordType.Soa, 3600, ZoneSamples.Soa(2));
        ZoneSnapshot after = editor.Commit();

        Assert.Equal(["example.", "a.example."], ZoneSamples.Names(before.Names));
        Assert.Equal(["example.", "c.example.", "b.c.example."], ZoneSamples.Names(after.Names));
        Assert.Equal(new Serial(1), before.Serial);
        Assert.Equal(new Serial(2), after.Serial);
    }

    [Fact]
    public void Last_name_below_takes_its_empty_non_terminals_with_it()
    {
        ZoneBuilder builder = ZoneSamples.Builder(Arena());
        builder.Add("a.b.c.d.example.", RecordType.A, ZoneSamples.Address(1));
        builder.Add("x.d.example.", RecordType.A, ZoneSamples.Address(1));
        using SnapshotEditor editor = new(builder.Build());
        editor.Remove(ZoneSamples.Wire("a.b.c.d.example."), RecordType.A, ZoneSamples.Address(1));

        Assert.Equal(["example.", "d.example.", "x.d.example."], ZoneSamples.Names(editor.Commit().Names));
    }

    [Fact]
    public void Name_without_records_stays_while_names_below_it_exist()
    {
        ZoneBuilder builder = ZoneSamples.Builder(Arena());
        builder.Add("d.example.", RecordType.A, ZoneSamples.Address(1));
        builder.Add("x.d.example.", RecordType.A, ZoneSamples.Address(1));
        using SnapshotEditor editor = new(builder.Build());
        editor.Remove(ZoneSamples.Wire("d.example."), RecordType.A, ZoneSamples.Address(1));

        Assert.Equal(NameTraits.EmptyNonTerminal, editor.Commit().Names.Find("d.example.").Traits);
    }

    [Fact]
    public void Name_that_lost_its_records_goes_with_the_last_name_below_it()
    {
        ZoneBuilder builder = ZoneSamples.Builder(Arena());
        foreach (string owner in (string[])["d.e.example.", "x.d.e.example.", "y.d.e.example.", "z.e.example."])
            builder.Add(owner, RecordType.A, ZoneSamples.Address(1));
        using SnapshotEditor editor = new(builder.Build());
        foreach (string owner in (string[])["x.d.e.example.", "d.e.example.", "y.d.e.example."])
            Assert.True(editor.Remove(ZoneSamples.Wire(owner), RecordType.A, ZoneSamples.Address(1)));

        Assert.Equal(["example.", "e.example.", "z.e.example."], ZoneSamples.Names(editor.Commit().Names));
    }

    [Fact]
    public void Name_with_records_stays_without_names_below_it()
    {
        ZoneBuilder builder = ZoneSamples.Builder(Arena());
        foreach (string owner in (string[])["d.example.", "x.d.example.", "y.d.example."])
            builder.Add(owner, RecordType.A, ZoneSamples.Address(1));
        using SnapshotEditor editor = new(builder.Build());
        foreach (string owner in (string[])["x.d.example.", "y.d.example."])
            Assert.True(editor.Remove(ZoneSamples.Wire(owner), RecordType.A, ZoneSamples.Address(1)));

        Assert.Equal(["example.", "d.example."], ZoneSamples.Names(editor.Commit().Names));
    }

    [Fact]
    public void Commit_without_soa_fails_and_the_editor_goes_on()
    {
        using SnapshotEditor editor = new(ZoneSamples.Builder(Arena()).Build());
        editor.Open(ZoneSamples.Origin.Wire).Remove(RecordType.Soa);

        Assert.False(editor.TryCommit(out _, out ZoneBuildError error));
        Assert.Equal(ZoneBuildError.NoSoa, error);
        editor.Add(ZoneSamples.Origin.Wire, RecordType.Soa, 60, ZoneSamples.Soa(3));
        Assert.Equal(new Serial(3), editor.Commit().Serial);
    }

    [Fact]
    public void Second_version_of_an_old_one_is_refused_until_the_first_is_discarded()
    {
        ZoneSnapshot zone = ZoneSamples.Builder(Arena()).Build();
        using SnapshotEditor editor = new(zone);
        ZoneSnapshot next = editor.Commit();

        Assert.Throws<InvalidOperationException>(() => new SnapshotEditor(zone));
        SnapshotReclaimer.Discard(next);
        using SnapshotEditor again = new(zone);
        Assert.Equal(zone.Serial, again.Commit().Serial);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_edits_make_the_zone_that_a_builder_makes_of_what_is_left(int seed)
    {
        Random random = new(seed);
        ZoneArena arena = Arena();
        ZoneSnapshot zone = ZoneSamples.Builder(arena).Build();
        SnapshotReclaimer reclaimer = new(new ReaderEpochs());
        HashSet<(string Owner, uint Number)> records = [];
        for (int round = 0; round < 100; round++)
        {
            SnapshotEditor editor = new(zone);
            for (int edit = random.Next(12); edit > 0; edit--)
            {
                string owner = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{(char)('a' + random.Next(3))}."));
                (string Owner, uint Number) record = ($"{owner}example.", (uint)random.Next(3));
                byte[] wire = ZoneSamples.Wire(record.Owner);
                if (random.Next(2) == 0)
                    Assert.Equal(records.Add(record), editor.Add(wire, RecordType.A, 60, ZoneSamples.Address(record.Number)) == AddResult.Added);
                else
                    Assert.Equal(records.Remove(record), editor.Remove(wire, RecordType.A, ZoneSamples.Address(record.Number)));
            }

            ZoneSnapshot next = editor.Commit();
            editor.Dispose();
            reclaimer.Retire(zone, next);
            reclaimer.Collect();
            zone = next;
        }

        ZoneBuilder builder = ZoneSamples.Builder();
        foreach ((string owner, uint number) in records)
            builder.Add(owner, RecordType.A, ZoneSamples.Address(number));
        AssertSame(builder.Build(), zone);
    }

    private static void AssertSame(ZoneSnapshot expected, ZoneSnapshot actual)
    {
        Assert.Equal(ZoneSamples.Names(expected.Names), ZoneSamples.Names(actual.Names));
        Assert.Equal(expected.RecordCount, actual.RecordCount);
        foreach (NameView name in expected.Names.Walk())
        {
            Assert.True(actual.Names.TryFind(name.Owner, out NameView same));
            Assert.Equal(name.Traits, same.Traits);
            Assert.True(name.PackedSets.SequenceEqual(same.PackedSets), NameText.ToText(name.Owner, true));
        }
    }
}

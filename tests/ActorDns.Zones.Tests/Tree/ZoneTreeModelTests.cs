using ActorDns.Protocol.Names;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Tree;

public sealed class ZoneTreeModelTests
{
    private const int Rounds = 60;

    public static TheoryData<int, string> Seeds()
    {
        TheoryData<int, string> data = [];
        for (int seed = 1; seed <= 12; seed++)
            data.Add(seed, (seed % 3) switch { 0 => ".", 1 => "example.com.", _ => "A\\000.\\255Z." });
        return data;
    }

    [Theory, MemberData(nameof(Seeds))]
    [Rfc(4034, "6.1")]
    [Rfc(4343, "3")]
    public void Tree_under_random_edits_answers_as_a_sorted_dictionary_and_keeps_old_versions(int seed, string originText)
    {
        DomainName origin = DomainName.Parse(originText);
        NameSource source = new(seed, origin);
        TreeModel model = new();
        ZoneArena arena = new(poison: true) { GenerationLimit = 7 };
        ZoneTree tree = new ZoneTreeTransaction(arena, origin).Commit();
        List<(ZoneTree Tree, TreeModel Model)> versions = [];
        List<byte[]> names = [];
        for (int round = 0; round < Rounds; round++)
        {
            ZoneTreeTransaction transaction = new(tree);
            bool shrinks = round % 10 >= 7;
            for (int edit = source.Below(40); edit >= 0; edit--)
            {
                if (names.Count > 0 && source.Below(3) < (shrinks ? 2 : 1))
                {
                    int at = source.Below(names.Count);
                    model.Remove(transaction, source.Recase(names[at]));
                    names[at] = names[^1];
                    names.RemoveAt(names.Count - 1);
                    continue;
                }

                byte[] name = source.Next();
                if (!model.Names.ContainsKey(name))
                    names.Add(name);
                model.Put(transaction, name, (uint)source.Below(int.MaxValue));
            }

            tree = transaction.Commit();
            versions.Add((tree, model.Copy()));
            model.CheckWalk(tree);
            for (int probe = 0; probe < 20; probe++)
                model.CheckName(tree, source.Next());
            foreach (byte[] name in names.Take(10))
                model.CheckName(tree, source.Recase(name));
        }

        foreach ((ZoneTree oldTree, TreeModel oldModel) in versions)
            oldModel.CheckWalk(oldTree);
        arena.Dispose();
    }

    [Fact]
    public void Rollback_leaves_the_basis_and_frees_what_was_made()
    {
        DomainName origin = DomainName.Parse("example.");
        NameSource source = new(77, origin);
        TreeModel model = new();
        ZoneArena arena = new(poison: true);
        ZoneTreeTransaction first = new(arena, origin);
        for (int i = 0; i < 500; i++)
            model.Put(first, source.Next(), (uint)i);
        ZoneTree tree = first.Commit();
        long before = arena.BytesInUse;

        ZoneTreeTransaction second = new(tree);
        TreeModel scratch = model.Copy();
        for (int i = 0; i < 500; i++)
            scratch.Put(second, source.Next(), (uint)i);
        foreach (byte[] name in scratch.Names.Keys.Take(200).ToList())
            scratch.Remove(second, name);
        second.Rollback();

        Assert.Equal(before, arena.BytesInUse);
        model.CheckWalk(tree);
        arena.Dispose();
    }

    [Fact]
    public void Transaction_on_an_older_version_is_refused()
    {
        ZoneTree first = new ZoneTreeTransaction(DomainName.Parse("example.")).Commit();
        new ZoneTreeTransaction(first).Commit();

        Assert.Throws<InvalidOperationException>(() => new ZoneTreeTransaction(first));
    }

    [Theory]
    [InlineData("aaaa.", true)]
    [InlineData("zzzz.", false)]
    public void Name_outside_the_zone_has_neighbours_by_canonical_order(string text, bool isBefore)
    {
        DomainName origin = DomainName.Parse("mmmm.");
        TreeModel model = new();
        ZoneTreeTransaction transaction = new(origin);
        model.Put(transaction, origin.Wire.ToArray(), 1);
        model.Put(transaction, DomainName.Parse("x.mmmm.").Wire.ToArray(), 2);
        ZoneTree tree = transaction.Commit();
        ReadOnlySpan<byte> name = DomainName.Parse(text).Wire;

        Assert.Equal(isBefore, tree.Before(name).IsNull);
        Assert.Equal(!isBefore, tree.After(name).IsNull);
        Assert.Equal(isBefore, tree.WalkFrom(name).MoveNext());
        Assert.False(tree.TryFind(name, out _));
    }

    [Fact]
    public void Longest_names_of_octets_that_take_two_symbols_are_told_apart_by_the_last()
    {
        TreeModel model = new();
        ZoneTreeTransaction transaction = new(DomainName.Root);
        List<byte[]> names = [];
        for (int last = 0; last < 256; last++)
        {
            byte[] name = new byte[WireName.MaxBytes];
            Array.Fill(name, (byte)0xFF);
            (name[0], name[62], name[126], name[190], name[254]) = (61, 63, 63, 63, 0);
            name[61] = (byte)last;
            names.Add(name);
            model.Put(transaction, name, (uint)last);
        }

        ZoneTree tree = transaction.Commit();

        Assert.All(names, name => Assert.True(WireName.IsWellFormed(name)));
        Assert.Equal(256 - 26, tree.NameCount);
        model.CheckWalk(tree);
        names.ForEach(name => model.CheckName(tree, name));
    }

    [Fact]
    public void Search_allocates_nothing()
    {
        DomainName origin = DomainName.Parse("example.");
        NameSource source = new(3, origin);
        TreeModel model = new();
        ZoneTreeTransaction transaction = new(origin);
        for (uint value = 0; value < 1000; value++)
            model.Put(transaction, source.Next(), value);
        ZoneTree tree = transaction.Commit();
        byte[][] names = [.. Enumerable.Range(0, 100).Select(_ => source.Next())];
        TreeSearch search = default;
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] name in names)
        {
            tree.Search(name, ref search);
            tree.TryFind(name, out _);
            tree.Before(name);
            tree.After(name);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}

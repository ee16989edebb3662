using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Tree;

public sealed class TreeSearchBatchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [SkipLocalsInit]
    public void Batch_over_several_trees_finds_what_single_searches_find(int seed)
    {
        DomainName[] origins = [DomainName.Parse("example."), DomainName.Root, DomainName.Parse("empty.")];
        NameSource[] sources = [.. origins.Select(origin => new NameSource(seed, origin))];
        ZoneTree[] trees = new ZoneTree[3];
        TreeModel[] models = [new(), new(), new()];
        for (int zone = 0; zone < 2; zone++)
        {
            ZoneTreeTransaction transaction = new(origins[zone]);
            for (uint value = 0; value < 3000; value++)
                models[zone].Put(transaction, sources[zone].Next(), value);
            trees[zone] = transaction.Commit();
        }

        using TreeSearchBatch batch = new();
        List<(int Zone, byte[] Name)> asked = [];
        Unsafe.SkipInit(out TreeSearch single);
        for (int round = 0; round < 100; round++)
        {
            batch.Clear();
            asked.Clear();
            for (int count = sources[0].Below(TreeSearchBatch.MaxSearches + 1); count > 0; count--)
            {
                int zone = sources[0].Below(3);
                byte[] name = sources[zone].Recase(sources[zone].Next());
                asked.Add((zone, name));
                Assert.Equal(asked.Count - 1, batch.Add(trees[zone], name));
            }

            batch.Run();
            for (int index = 0; index < asked.Count; index++)
            {
                (int zone, byte[] name) = asked[index];
                trees[zone].Search(name, ref single);
                Assert.Equal(single.Exact.IsNull, batch[index].Exact.IsNull);
                Assert.Equal(models[zone].Names.ContainsKey(name), !batch[index].Exact.IsNull);
                Assert.Equal(single.AncestorCount, batch[index].AncestorCount);
                for (int at = 0; at < single.AncestorCount; at++)
                {
                    Assert.True(WireName.Equal(single.Ancestor(at).Owner, batch[index].Ancestor(at).Owner));
                    Assert.Equal(single.AncestorTraits(at), batch[index].AncestorTraits(at));
                }
            }
        }
    }

    [Fact]
    public void Name_outside_the_zone_finds_nothing()
    {
        ZoneTreeTransaction transaction = new(DomainName.Parse("example."));
        new TreeModel().Put(transaction, DomainName.Parse("example.").Wire.ToArray(), 1);
        ZoneTree tree = transaction.Commit();
        using TreeSearchBatch batch = new();
        batch.Add(tree, DomainName.Parse("www.example.org.").Wire);
        batch.Add(tree, DomainName.Root.Wire);
        batch.Run();

        Assert.True(batch[0].Exact.IsNull && batch[1].Exact.IsNull);
        Assert.Equal(0, batch[0].AncestorCount + batch[1].AncestorCount);
    }
}

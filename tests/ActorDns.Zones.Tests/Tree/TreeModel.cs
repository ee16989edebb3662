using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Tree;

/// <summary>A sorted dictionary that a tree must agree with: name to the number in its one A record.</summary>
internal sealed class TreeModel
{
    private readonly NameContent _content = new();

    public SortedDictionary<byte[], uint> Names { get; private init; } = new(CanonicalComparer.Instance);

    public TreeModel Copy() => new() { Names = new SortedDictionary<byte[], uint>(Names, CanonicalComparer.Instance) };

    public void Put(ZoneTreeTransaction tree, byte[] name, uint value)
    {
        Span<byte> rdata = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rdata, value);
        _content.Clear();
        _content.Add(RecordType.A, 60, rdata);
        tree.Put(name, _content.Pack());
        Names[name] = value;
    }

    public void Remove(ZoneTreeTransaction tree, byte[] name) => Assert.Equal(Names.Remove(name), tree.Remove(name));

    public static uint ValueOf(NameView name)
    {
        Assert.True(name.TryFind(RecordType.A, out RecordSetView set));
        return BinaryPrimitives.ReadUInt32BigEndian(set.First);
    }

    /// <summary>The walk gives exactly the model, in its order.</summary>
    public void CheckWalk(ZoneTree tree)
    {
        Assert.Equal(Names.Count, tree.NameCount);
        using SortedDictionary<byte[], uint>.Enumerator expected = Names.GetEnumerator();
        foreach (NameView name in tree.Walk())
        {
            Assert.True(expected.MoveNext());
            Assert.True(WireName.Equal(expected.Current.Key, name.Owner));
            Assert.Equal(expected.Current.Value, ValueOf(name));
        }

        Assert.False(expected.MoveNext());
    }

    /// <summary>Every question about one name, there or not, is answered as the model does.</summary>
    public void CheckName(ZoneTree tree, byte[] name)
    {
        List<byte[]> keys = [.. Names.Keys];
        int at = keys.BinarySearch(name, CanonicalComparer.Instance);
        Assert.Equal(at >= 0, tree.TryFind(name, out NameView found));
        if (at >= 0)
            Assert.Equal(Names[name], ValueOf(found));
        int ceiling = at >= 0 ? at : ~at;
        CheckView(keys, ceiling - 1, tree.Before(name));
        CheckView(keys, at >= 0 ? at + 1 : ceiling, tree.After(name));
        TreeWalk walk = tree.WalkFrom(name);
        for (int index = ceiling; index < Math.Min(ceiling + 3, keys.Count); index++)
        {
            Assert.True(walk.MoveNext());
            CheckView(keys, index, walk.Current);
        }

        if (ceiling == keys.Count)
            Assert.False(walk.MoveNext());
        CheckSearch(tree, name, found);
    }

    public void CheckAncestors(byte[] name, ref TreeSearch search)
    {
        List<byte[]> ancestors = [];
        for (ReadOnlySpan<byte> at = name; at.Length > 1;)
        {
            at = WireName.Parent(at);
            if (Names.ContainsKey(at.ToArray()))
                ancestors.Insert(0, at.ToArray());
        }

        Assert.Equal(ancestors.Count, search.AncestorCount);
        for (int index = 0; index < ancestors.Count; index++)
        {
            Assert.True(WireName.Equal(ancestors[index], search.Ancestor(index).Owner));
            Assert.Equal(search.Ancestor(index).Traits, search.AncestorTraits(index));
        }
    }

    [SkipLocalsInit]
    private void CheckSearch(ZoneTree tree, byte[] name, NameView found)
    {
        Unsafe.SkipInit(out TreeSearch search);
        tree.Search(name, ref search);
        Assert.Equal(found.IsNull, search.Exact.IsNull);
        if (!found.IsNull)
            Assert.True(WireName.Equal(name, search.Exact.Owner));
        CheckAncestors(name, ref search);
    }

    private static void CheckView(List<byte[]> keys, int index, NameView view)
    {
        Assert.Equal(index < 0 || index >= keys.Count, view.IsNull);
        if (!view.IsNull)
            Assert.True(WireName.Equal(keys[index], view.Owner));
    }
}

using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Snapshots;

/// <summary>Records in wire form for zones under <c>example.</c></summary>
internal static class ZoneSamples
{
    public static readonly DomainName Origin = DomainName.Parse("example.");

    public static byte[] Wire(string name) => DomainName.Parse(name).Wire.ToArray();

    public static byte[] Address(uint number)
    {
        byte[] rdata = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rdata, number);
        return rdata;
    }

    public static byte[] Soa(uint serial, uint minimum = 300)
    {
        byte[] numbers = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(numbers, serial);
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), minimum);
        return [.. Wire("ns.example."), .. Wire("admin.example."), .. numbers];
    }

    public static byte[] Rrsig(RecordType covered) =>
        [(byte)(covered.Value >> 8), (byte)covered.Value, 8, 1, .. new byte[14], .. Origin.Wire, 1, 2, 3];

    public static byte[] Nsec3Param() => [1, 0, 0, 5, 2, 0xAA, 0xBB];

    public static ZoneBuilder Builder(ZoneArena? arena = null)
    {
        ZoneBuilder builder = arena is null ? new ZoneBuilder(Origin) : new ZoneBuilder(Origin, arena);
        builder.Add(Origin.Wire, RecordType.Soa, 3600, Soa(1));
        builder.Add(Origin.Wire, RecordType.Ns, 3600, Wire("ns.example."));
        return builder;
    }

    public static ZoneSnapshot Build(this ZoneBuilder builder)
    {
        Assert.True(builder.TryBuild(out ZoneSnapshot? snapshot, out ZoneBuildError error), error.ToString());
        return snapshot;
    }

    public static ZoneSnapshot Commit(this SnapshotEditor editor)
    {
        Assert.True(editor.TryCommit(out ZoneSnapshot? snapshot, out ZoneBuildError error), error.ToString());
        return snapshot;
    }

    public static AddResult Add(this ZoneBuilder builder, string owner, RecordType type, byte[] rdata, uint ttl = 60) =>
        builder.Add(Wire(owner), type, ttl, rdata);

    public static NameView Find(this ZoneTree tree, string name)
    {
        tree.TryFind(Wire(name), out NameView view);
        return view;
    }

    public static IReadOnlyList<string> Names(ZoneTree tree)
    {
        List<string> names = [];
        foreach (NameView name in tree.Walk())
            names.Add(NameText.ToText(name.Owner, keepFinalDot: true));
        return names;
    }
}

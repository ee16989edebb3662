using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Tree;

public sealed class NameViewTests
{
    [Fact]
    public void Signatures_over_a_type_above_rrsig_are_found_by_type()
    {
        DomainName origin = DomainName.Parse("example.");
        DomainName name = DomainName.Parse("a.example.");
        using ZoneBuilder builder = new(origin);
        builder.Add(origin.Wire, RecordType.Soa, 60, [.. origin.Wire, .. origin.Wire, .. new byte[20]]);
        builder.Add(origin.Wire, RecordType.Ns, 60, origin.Wire);
        builder.Add(name.Wire, RecordType.Nsec, 60, [.. origin.Wire, 0, 1, 0x40]);
        builder.Add(name.Wire, RecordType.Rrsig, 60, [0, 47, 13, 2, .. new byte[14], .. origin.Wire, 1]);
        Assert.True(builder.TryBuild(out ZoneSnapshot? zone, out _));
        Assert.True(zone.Names.TryFind(name.Wire, out NameView view));
        Assert.True(view.TryFind(RecordType.Rrsig, out RecordSetView signatures));
        Assert.Equal(RecordType.Nsec, signatures.Covered);
        SnapshotReclaimer.Discard(zone);
    }
}

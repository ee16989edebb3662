using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tests.Snapshots;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Tests.Changes;

/// <summary>Changes of the sample zone, written as lines: <c>- name number ttl</c> and <c>+ name number ttl</c> for A records.</summary>
internal static class ChangeSamples
{
    public static ZoneArena Arena() => new(poison: true) { IsShared = true };

    public static ZoneSnapshot Zone(params (string Owner, uint Number)[] addresses)
    {
        ZoneBuilder builder = ZoneSamples.Builder(Arena());
        foreach ((string owner, uint number) in addresses)
            builder.Add(owner, RecordType.A, ZoneSamples.Address(number));
        return builder.Build();
    }

    public static ZoneChange Change(uint from, uint to, params string[] lines)
    {
        ZoneChangeBuilder builder = new();
        builder.SetOldSoa(ZoneSamples.Origin.Wire, 3600, ZoneSamples.Soa(from));
        builder.SetNewSoa(ZoneSamples.Origin.Wire, 3600, ZoneSamples.Soa(to));
        foreach (string line in lines)
        {
            string[] words = line.Split(' ');
            byte[] owner = ZoneSamples.Wire(words[1]);
            byte[] rdata = ZoneSamples.Address(uint.Parse(words[2]));
            uint ttl = words.Length > 3 ? uint.Parse(words[3]) : 60;
            if (words[0] == "-")
                builder.Remove(owner, RecordType.A, ttl, rdata);
            else
                builder.Add(owner, RecordType.A, ttl, rdata);
        }

        return builder.Build();
    }

    /// <summary>The records of a zone, octet by octet; of empty non-terminals, whose case nobody sees, nothing.</summary>
    public static List<string> Records(ZoneSnapshot zone)
    {
        List<string> records = [];
        foreach (ZoneTree tree in (ZoneTree[])[zone.Names, zone.Nsec3Names])
        {
            foreach (NameView name in tree.Walk())
            {
                foreach (RecordSetView set in name)
                    records.Add($"{Convert.ToHexString(name.Owner)} {set.Type} {set.Ttl} {Convert.ToHexString(set.Packed)}");
            }
        }

        return records;
    }

    /// <summary>The version that a change leads to.</summary>
    public static ZoneSnapshot Apply(this ZoneChange change, ZoneSnapshot basis)
    {
        using SnapshotEditor editor = new(basis);
        Assert.True(change.TryApply(editor, out ChangeConflict? conflict), conflict?.ToString());
        return editor.Commit();
    }

    /// <summary>Why a change does not fit.</summary>
    public static ChangeConflict Refuse(this ZoneChange change, ZoneSnapshot basis)
    {
        using SnapshotEditor editor = new(basis);
        Assert.False(change.TryApply(editor, out ChangeConflict? conflict));
        return conflict;
    }
}

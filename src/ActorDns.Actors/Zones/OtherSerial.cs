using System.Buffers.Binary;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Zones;

/// <summary>A version with the same content under another serial.</summary>
internal static class OtherSerial
{
    /// <summary>Makes it, from a version that stays as it is.</summary>
    public static ZoneSnapshot Of(ZoneSnapshot zone, DomainName origin, Serial serial)
    {
        using SnapshotEditor editor = new(zone);
        NameContent apex = editor.Open(origin.Wire);
        byte[] soa = zone.Soa.First.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(soa.AsSpan(SoaData.SerialOffset(soa)), serial.Value);
        apex.Remove(RecordType.Soa);
        apex.Add(RecordType.Soa, zone.Soa.Ttl, soa);
        return editor.TryCommit(out ZoneSnapshot? next, out ZoneBuildError error)
            ? next
            : throw new InvalidOperationException($"a zone with another serial is no zone: {error}");
    }
}

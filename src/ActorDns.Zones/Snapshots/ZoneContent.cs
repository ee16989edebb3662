using ActorDns.Protocol.Registries;
using ActorDns.Zones.Changes;
using ActorDns.Zones.Tree;

namespace ActorDns.Zones.Snapshots;

/// <summary>
/// A zone's whole content as octets, cut into chunks between records: the records in uncompressed wire form, one after the other, SOA
/// first. What checkpoints hold.
/// </summary>
public static class ZoneContent
{
    /// <summary>Octets of a chunk unless said otherwise.</summary>
    public const int DefaultChunkBytes = 1 << 18;

    private const int FirstBytes = 1 << 11; // Enough for most zones where there are many, and for any SOA.
    private const int GrowthFactor = 8;

    /// <summary>
    /// Writes a version that the caller holds by a lease, or has not published yet. Each chunk is made when it is asked for and is the
    /// caller's to keep.
    /// </summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Write(ZoneSnapshot zone, int chunkBytes = DefaultChunkBytes)
    {
        byte[] chunk = new byte[Math.Min(chunkBytes, FirstBytes)];
        int used = RecordWire.Write(chunk, zone.Apex.Owner, RecordType.Soa, zone.Soa.Ttl, zone.Soa.First);
        foreach ((NameView Name, RecordSetView Set) at in Sets(zone))
        {
            RecordSetView.Enumerator records = at.Set.GetEnumerator();
            while (records.MoveNext())
            {
                int bytes = RecordWire.Measure(at.Name.Owner, records.Current);
                if (used + bytes > chunk.Length && used + bytes <= chunkBytes)
                {
                    Array.Resize(ref chunk, Math.Min(chunkBytes, Math.Max(used + bytes, GrowthFactor * chunk.Length))); // The first one.
                }
                else if (used + bytes > chunk.Length)
                {
                    yield return chunk.AsMemory(0, used);
                    chunk = new byte[Math.Max(chunkBytes, bytes)];
                    used = 0;
                }

                used += RecordWire.Write(chunk.AsSpan(used), at.Name.Owner, at.Set.Type, at.Set.Ttl, records.Current);
            }
        }

        yield return chunk.AsMemory(0, used);
    }

    private static IEnumerable<(NameView Name, RecordSetView Set)> Sets(ZoneSnapshot zone)
    {
        foreach (ZoneTree tree in (ZoneTree[])[zone.Names, zone.Nsec3Names])
        {
            TreeWalk walk = tree.Walk();
            while (walk.MoveNext())
            {
                NameView.Enumerator sets = walk.Current.GetEnumerator();
                while (sets.MoveNext())
                {
                    if (sets.Current.Type != RecordType.Soa)
                        yield return (walk.Current, sets.Current);
                }
            }
        }
    }
}

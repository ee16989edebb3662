using ActorDns.Zones.Snapshots;

namespace ActorDns.Benchmarks;

/// <summary>Memory of a loaded zone of mixed records.</summary>
/// <param name="Records">Its records.</param>
/// <param name="NativeBytes">Outside the collector's heap.</param>
/// <param name="ManagedBytes">Inside it, after a collection, the zone's text not counted.</param>
internal sealed record LoadFootprint(long Records, long NativeBytes, long ManagedBytes)
{
    public double BytesPerRecord => (double)(NativeBytes + ManagedBytes) / Records;

    /// <summary>Loads a zone once and looks.</summary>
    public static LoadFootprint Measure(int records)
    {
        BenchmarkZone text = new(records);
        SnapshotReclaimer.Discard(text.Load()); // Tables that are made once belong to no zone.
        long before = GC.GetTotalMemory(forceFullCollection: true);
        ZoneSnapshot zone = text.Load();
        long managed = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - before);
        LoadFootprint footprint = new(zone.RecordCount, zone.Bytes, managed);
        SnapshotReclaimer.Discard(zone);
        GC.KeepAlive(text);
        return footprint;
    }
}

using ActorDns.Zones.Snapshots;
using BenchmarkDotNet.Attributes;

namespace ActorDns.Benchmarks;

/// <summary>A million mixed records from master file to snapshot.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private const int Records = 1_000_000;
    private readonly BenchmarkZone _zone = new(Records);

    [Benchmark]
    public long LoadMillionRecords()
    {
        ZoneSnapshot zone = _zone.Load();
        long records = zone.RecordCount;
        SnapshotReclaimer.Discard(zone);
        return records;
    }
}

using ActorDns.Zones.Snapshots;
using BenchmarkDotNet.Attributes;

namespace ActorDns.Benchmarks;

/// <summary>A million mixed records from master file to snapshot.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private const int Records = 1_000_000;
    private readonly BenchmarkZone _zone = new(Records);

    [GlobalSetup]
    public void Setup()
    {
        ZoneSnapshot zone = _zone.Load();
        Console.WriteLine($"// {zone.RecordCount} records in {zone.Bytes} octets of native memory: {(double)zone.Bytes / zone.RecordCount:F1} a record");
        SnapshotReclaimer.Discard(zone);
    }

    [Benchmark]
    public long LoadMillionRecords()
    {
        ZoneSnapshot zone = _zone.Load();
        long records = zone.RecordCount;
        SnapshotReclaimer.Discard(zone);
        return records;
    }
}

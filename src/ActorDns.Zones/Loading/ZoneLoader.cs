using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Zones.Loading;

/// <summary>
/// Makes a snapshot from a master file, or says why not. One error refuses the whole zone: half a zone answers NXDOMAIN for the other
/// half.
/// </summary>
public static class ZoneLoader
{
    /// <summary>Most problems that one load reports.</summary>
    public const int MaxProblems = 200;

    private const long MaxGeneratedRecords = 1 << 24;

    /// <summary>Loads a zone.</summary>
    /// <param name="origin">Name of the zone.</param>
    /// <param name="path">The file.</param>
    /// <param name="source">Reads files, included ones too.</param>
    /// <param name="options">Which checks are made.</param>
    /// <param name="progress">Called now and then while the file is read; may be null.</param>
    /// <param name="zoneClass">Class of the zone; IN when null.</param>
    public static ZoneLoadResult Load(
        DomainName origin,
        string path,
        IMasterFileSource source,
        ZoneCheckOptions options,
        Action<MasterFileProgress>? progress = null,
        RecordClass? zoneClass = null)
    {
        RecordClass usedClass = zoneClass ?? RecordClass.In;
        using ZoneBuilder builder = new(origin);
        MasterFileReader<ZoneLoadSink> reader = new(source, origin, new ZoneLoadSink(builder, origin, options))
        {
            ZoneClass = usedClass,
            TakesObsoleteTypes = !options.IsPrimary,
            MaxGeneratedRecords = options.MaxRecords > 0 ? options.MaxRecords : MaxGeneratedRecords,
            Progress = progress,
        };
        bool isRead = reader.Read(path);
        ref ZoneLoadSink sink = ref reader.Sink;
        ZoneSnapshot? snapshot = isRead && !sink.HasErrors ? Build(builder, ref sink) : null;
        if (snapshot is not null && usedClass == RecordClass.In)
        {
            foreach (MasterFileProblem problem in new ZoneChecks(snapshot, options).Run())
                sink.Problem(problem);
            if (sink.HasErrors)
            {
                SnapshotReclaimer.Discard(snapshot);
                snapshot = null;
            }
        }

        return new ZoneLoadResult(snapshot, sink.Problems) { Origin = origin, Class = usedClass };
    }

    private static ZoneSnapshot? Build(ZoneBuilder builder, ref ZoneLoadSink sink)
    {
        if (!sink.HasSoa)
            sink.Problem(MasterFileProblem.OfZone(true, "has 0 SOA records"));
        if (!sink.HasNs)
            sink.Problem(MasterFileProblem.OfZone(true, "has no NS records"));
        if (sink.HasErrors)
            return null;
        if (!builder.TryBuild(out ZoneSnapshot? snapshot, out ZoneBuildError error))
        {
            sink.Problem(MasterFileProblem.OfZone(
                true,
                error == ZoneBuildError.UnknownNsec3Hash ? "no supported nsec3 hash algorithm" : $"cannot be built: {error}"));
        }

        return snapshot;
    }
}

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

    /// <summary>Loads a zone.</summary>
    /// <param name="origin">Name of the zone.</param>
    /// <param name="path">The file.</param>
    /// <param name="source">Reads files, included ones too.</param>
    /// <param name="options">Which checks are made.</param>
    /// <param name="progress">Called now and then with the number of records so far; may be null.</param>
    public static ZoneLoadResult Load(
        DomainName origin, string path, IMasterFileSource source, ZoneCheckOptions options, Action<long>? progress = null)
    {
        using ZoneBuilder builder = new(origin);
        MasterFileReader<Sink> reader = new(source, origin, new Sink(builder, origin, options, progress));
        bool isRead = reader.Read(path);
        ref Sink sink = ref reader.Sink;
        if (!isRead || sink.HasErrors)
            return new ZoneLoadResult(null, sink.Problems);

        if (!builder.TryBuild(out ZoneSnapshot? snapshot, out ZoneBuildError error))
        {
            sink.Problem(new MasterFileProblem(true, path, 1, Describe(error)));
            return new ZoneLoadResult(null, sink.Problems);
        }

        if (ZoneChecks.Run(snapshot, path, options, sink.Problems))
            return new ZoneLoadResult(snapshot, sink.Problems);
        SnapshotReclaimer.Discard(snapshot);
        return new ZoneLoadResult(null, sink.Problems);
    }

    private static string Describe(ZoneBuildError error) => error switch
    {
        ZoneBuildError.NoSoa => "has 0 SOA records",
        ZoneBuildError.NoNs => "has no NS records",
        ZoneBuildError.BadSoa => "the SOA record is malformed",
        _ => error.ToString(),
    };

    private struct Sink(ZoneBuilder builder, DomainName origin, ZoneCheckOptions options, Action<long>? progress) : IMasterFileSink
    {
        private const int ProgressRecords = 50_000;
        private long _records;
        private bool _isFull;

        public List<MasterFileProblem> Problems { get; } = [];

        public bool HasErrors { get; private set; }

        public void Record(
            ReadOnlySpan<byte> owner, RecordType type, uint ttl, ReadOnlySpan<byte> rdata, string file, int line)
        {
            if (_isFull)
                return;
            if (options.MaxTtlSeconds is { } most && ttl > most)
                Report(true, file, line, owner, type, $"TTL {ttl} exceeds max-zone-ttl {most}");
            if (!RecordChecks.Run(owner, type, rdata, options, out string? problem, out bool isError))
                Report(isError, file, line, owner, type, problem!);

            AddResult result = builder.Add(owner, type, ttl, rdata);
            _records++;
            if (progress is not null && _records % ProgressRecords == 0)
                progress(_records);
            if (options.MaxRecords > 0 && _records > options.MaxRecords)
            {
                _isFull = true;
                Report(true, file, line, owner, type, $"more than {options.MaxRecords} records (max-records)");
            }

            if (result is not (AddResult.Added or AddResult.Duplicate))
                Explain(result, owner, type, file, line);
        }

        public void Problem(MasterFileProblem problem)
        {
            HasErrors |= problem.IsError;
            if (Problems.Count < MaxProblems)
                Problems.Add(problem);
        }

        private void Explain(AddResult result, ReadOnlySpan<byte> owner, RecordType type, string file, int line)
        {
            switch (result)
            {
                case AddResult.TtlAdjusted:
                    Report(false, file, line, owner, type, "TTL set to prior TTL of the set");
                    break;
                case AddResult.OutOfZone:
                    Problem(new MasterFileProblem(
                        false, file, line, $"ignoring out-of-zone data ({NameText.ToText(owner, keepFinalDot: false)})"));
                    break;
                case AddResult.CnameConflict:
                    Report(true, file, line, owner, type, "CNAME and other data");
                    break;
                case AddResult.DnameConflict:
                    Report(true, file, line, owner, type, "multiple DNAME records");
                    break;
                case AddResult.SingletonConflict:
                    Report(true, file, line, owner, type, "multiple records of a type that may stand alone only");
                    break;
                case AddResult.SoaNotAtApex:
                    Report(true, file, line, owner, type, $"not at top of zone ({origin.ToLogString()})");
                    break;
                default:
                    Report(true, file, line, owner, type, $"record refused: {result}");
                    break;
            }
        }

        private void Report(bool isError, string file, int line, ReadOnlySpan<byte> owner, RecordType type, string message) =>
            Problem(new MasterFileProblem(
                isError, file, line, $"{NameText.ToText(owner, keepFinalDot: false)}/{type}: {message}"));
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Records;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Text;

namespace ActorDns.Protocol.Tests.Text;

/// <summary>A master file of the zone <c>example.</c>, with files to include, and what a reader makes of it.</summary>
internal sealed class MasterFileSample : IMasterFileSource
{
    private readonly Dictionary<string, byte[]> _files = [];

    public List<string> Records { get; } = [];

    public List<MasterFileProblem> Problems { get; } = [];

    public List<MasterFileProgress> Progress { get; } = [];

    public IEnumerable<string> Errors => Problems.Where(problem => problem.IsError).Select(problem => problem.ToString());

    public IEnumerable<string> Warnings => Problems.Where(problem => !problem.IsError).Select(problem => problem.ToString());

    public static MasterFileSample Of(string text) => new MasterFileSample().With("db", text).Read();

    public static MasterFileSample Of(byte[] text)
    {
        MasterFileSample sample = new();
        sample._files["db"] = text;
        return sample.Read();
    }

    public MasterFileSample With(string path, string text)
    {
        _files[path] = Encoding.Latin1.GetBytes(text);
        return this;
    }

    public MasterFileSample Read(RecordClass? zoneClass = null, long maxGenerated = 1 << 20)
    {
        MasterFileReader<Sink> reader = new(this, DomainName.Parse("example."), new Sink(this))
        {
            ZoneClass = zoneClass ?? RecordClass.In,
            MaxGeneratedRecords = maxGenerated,
            Progress = Progress.Add,
        };
        bool isGood = reader.Read("db");
        Assert.Equal(isGood, !Problems.Any(problem => problem.IsError));
        Assert.Equal(Records.Count, reader.RecordCount);
        return this;
    }

    public bool TryOpen(string path, [NotNullWhen(true)] out Stream? content, out string reason)
    {
        bool exists = _files.TryGetValue(path, out byte[]? found);
        content = exists ? new MemoryStream(found!) : null;
        reason = exists ? "" : $"{path}: file not found";
        return content is not null;
    }

    private readonly struct Sink(MasterFileSample sample) : IMasterFileSink
    {
        public void Record(in MasterFileRecord record)
        {
            StringBuilder text = new();
            NameText.Append(text, record.Owner, keepFinalDot: true);
            text.Append(CultureInfo.InvariantCulture, $" {record.Ttl} {record.Type} ");
            RecordFormats.Of(record.Type).AppendText(text, record.Rdata);
            sample.Records.Add(text.ToString());
        }

        public void Problem(MasterFileProblem problem) => sample.Problems.Add(problem);
    }
}

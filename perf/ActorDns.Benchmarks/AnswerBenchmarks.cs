using System.Runtime.CompilerServices;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Answering;
using ActorDns.Zones.Lookup;
using ActorDns.Zones.Snapshots;
using ActorDns.Zones.Tree;
using BenchmarkDotNet.Attributes;

namespace ActorDns.Benchmarks;

/// <summary>Parse, look up, encode: the parts of one answer from a zone of a million records, names in random order.</summary>
[MemoryDiagnoser]
public class AnswerBenchmarks : IDisposable
{
    private const int Records = 1_000_000;
    private const int Names = 65_536;
    private readonly byte[][] _queries = new byte[Names][];
    private readonly byte[][] _names = new byte[Names][];
    private readonly byte[] _response = new byte[4096];
    private readonly CompressionTable _table = new(8, false);
    private readonly AnswerPlan _plan = new();
    private readonly byte[] _missing = DomainName.Parse("nothing.here.bench.test.").Wire.ToArray();
    private readonly byte[] _below = DomainName.Parse("www.sub.bench.test.").Wire.ToArray();
    private ZoneSnapshot _zone = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _zone = new BenchmarkZone(Records).Load();
        Random random = new(1);
        for (int i = 0; i < Names; i++)
        {
            int host = random.Next(Records / 10) * 10;
            _names[i] = DomainName.Parse($"h{host}.bench.test.").Wire.ToArray();
            byte[] query = new byte[512];
            MessageWriter writer = new(query, new CompressionTable(6, false));
            writer.SetHeader(1, 0);
            writer.TryWriteQuestion(_names[i], RecordType.A, RecordClass.In);
            _queries[i] = query[..writer.Position];
        }
    }

    [Benchmark]
    public ParseError Parse() => MessageScan.TryScan(_queries[Next()], out _);

    [Benchmark]
    [SkipLocalsInit]
    public bool FindName()
    {
        Unsafe.SkipInit(out TreeSearch search);
        _zone.Names.Search(_names[Next()], ref search);
        return search.Exact.IsNull;
    }

    [Benchmark]
    public int LookUpHit() => Plan(_names[Next()]);

    [Benchmark]
    public int LookUpNxDomain() => Plan(_missing);

    [Benchmark]
    public int LookUpReferral() => Plan(_below);

    [Benchmark]
    public int EncodeSameAnswer()
    {
        if (_plan.EntryCount == 0)
            Plan(_names[0]);
        return Encode(_names[0], RecordType.A, RecordClass.In);
    }

    [Benchmark]
    public int ParseLookUpAndEncode()
    {
        byte[] query = _queries[Next()];
        MessageScan.TryScan(query, out MessageLayout layout);
        ReadOnlySpan<byte> name = layout.QuestionName(query);
        Plan(name);
        return Encode(name, layout.QuestionType, layout.QuestionClass);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _plan.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Plan(ReadOnlySpan<byte> name)
    {
        _plan.Reset(name);
        LookupOptions options = new() { Type = RecordType.A, WithAdditional = true };
        ZoneLookup.Resolve(_zone, options, _plan);
        return _plan.EntryCount;
    }

    private int Encode(ReadOnlySpan<byte> name, RecordType type, RecordClass recordClass)
    {
        MessageWriter writer = new(_response, _table);
        writer.SetHeader(1, 0);
        writer.TryWriteQuestion(name, type, recordClass);
        AnswerWriter.TryWrite(_plan, recordClass, ref writer);
        return writer.Position;
    }

    private int Next() => _next = (_next + 1) & (Names - 1);
}

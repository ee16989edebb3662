using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using BenchmarkDotNet.Attributes;

namespace ActorDns.Benchmarks;

/// <summary>TSIG over a small query, its answer, and a message of a transfer.</summary>
[MemoryDiagnoser]
public class TsigBenchmarks
{
    private const long Now = 1_800_000_000;
    private readonly byte[] _request = new byte[512];
    private readonly byte[] _response = new byte[512];
    private readonly byte[] _large = new byte[ushort.MaxValue];
    private int _requestLength;
    private int _responseLength;
    private TsigKey _key = null!;
    private TsigContext _context;
    private TsigStreamSigner _stream = null!;

    [Params("hmac-md5", "hmac-sha1", "hmac-sha256", "hmac-sha512")]
    public string Algorithm { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        TsigAlgorithm algorithm = TsigAlgorithm.All.Single(known => known.Name == Algorithm);
        _key = new TsigKey(DomainName.Parse("key."), algorithm, new TsigSecret(new byte[32]));
        MessageWriter writer = new(_request, new CompressionTable(6, false));
        writer.SetHeader(1, 0);
        writer.TryWriteQuestion(DomainName.Parse("www.bench.test.").Wire, RecordType.A, RecordClass.In);
        _responseLength = writer.Position;
        _request.AsSpan(0, _responseLength).CopyTo(_response);
        TsigSigner.SignRequest(_request, writer.Position, _key, Now, out _requestLength, out _);
        Verify();
        _stream = new TsigStreamSigner(_context);
    }

    [Benchmark]
    public TsigOutcome Verify() => TsigVerifier.VerifyRequest(
        _request.AsSpan(0, _requestLength), Now, new SingleTsigKey(_key), out _context);

    [Benchmark]
    public bool SignAnswer()
    {
        MessageHeader.SetCount(_response, 3, 0);
        return TsigSigner.SignResponse(_response, _responseLength, _context, Now, out _);
    }

    [Benchmark]
    public bool SignMessageOf64KiB()
    {
        MessageHeader.SetCount(_large, 3, 0);
        return _stream.TrySign(_large, ushort.MaxValue - _stream.RecordBytes, Now, out _);
    }
}

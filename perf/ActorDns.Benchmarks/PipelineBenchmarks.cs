using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Sockets;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Benchmarks;

/// <summary>
/// The whole way of a UDP query but for the sockets, names in random order out of a zone of a million records. A batch is searched in
/// step; a query alone is not, so the two rows show what that is worth.
/// </summary>
[MemoryDiagnoser]
public class PipelineBenchmarks : IDisposable
{
    private const int Records = 1_000_000;
    private const int Queries = 1 << 17;
    private const int SlotBytes = 64;
    private const int BatchSize = 64;
    private const int ResponseBytes = 1232;
    private static readonly NetEndpoint Client = new(NetAddress.FromIPv4(0x7F000001), 40000);
    private static readonly NetEndpoint Server = new(NetAddress.FromIPv4(0x7F000001), 53);

    private readonly byte[] _queries = new byte[Queries * SlotBytes];
    private readonly int[] _lengths = new int[Queries];
    private readonly byte[] _responses = new byte[BatchSize * ResponseBytes];
    private UdpRequestHandler _handler = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        PublishedZone published = new(BenchmarkZone.Origin);
        published.Publish(new BenchmarkZone(Records).Load());
        View view = new() { Zones = new ZoneTable([new ServedZone { Published = published }]) };
        PublishedState state = new(new ServingState { Views = new ViewTable([view], new ZoneTable([])) });
        _handler = new UdpRequestHandler(
            state,
            new ReaderEpochs(),
            TimeProvider.System,
            new RequestEvents(NullLoggerFactory.Instance),
            new RequestCounters(),
            new SnapshotLeases(TimeProvider.System),
            updates: null);
        Random random = new(1);
        byte[] message = new byte[512];
        for (int i = 0; i < Queries; i++)
        {
            MessageWriter writer = new(message, new CompressionTable(6, false));
            writer.SetHeader((ushort)i, 0);
            DomainName name = DomainName.Parse($"h{random.Next(Records / 10) * 10}.bench.test.");
            writer.TryWriteQuestion(name.Wire, RecordType.A, RecordClass.In);
            EdnsWriter.TryWrite(message, writer.Position, new OptContent { PayloadBytes = 1232 }, 0, out _lengths[i]);
            message.AsSpan(0, _lengths[i]).CopyTo(_queries.AsSpan(i * SlotBytes));
        }
    }

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int InBatches() => Answer(BatchSize);

    [Benchmark(OperationsPerInvoke = BatchSize)]
    public int Alone()
    {
        int octets = 0;
        for (int i = 0; i < BatchSize; i++)
            octets += Answer(1);
        return octets;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _handler.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Answer(int count)
    {
        _handler.BeginBatch(count);
        for (int i = 0; i < count; i++)
            _handler.Prepare(i, Query(i));
        int octets = 0;
        for (int i = 0; i < count; i++)
            octets += _handler.Answer(i, Query(i), _responses.AsSpan(i * ResponseBytes, ResponseBytes));
        _handler.EndBatch();
        _next = (_next + count) % Queries;
        return octets;
    }

    private Datagram Query(int index)
    {
        int query = (_next + index) % Queries;
        return new Datagram(_queries.AsSpan(query * SlotBytes, _lengths[query]), Client, Server);
    }
}

using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Ports;
using ActorDns.Server.Sockets;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorDns.Server.Tests.Pipeline;

/// <summary>The UDP pipeline without sockets: a message in, a message out.</summary>
internal sealed class TestServer : IDisposable
{
    public static readonly TsigKey Key = new(
        DomainName.Parse("key.example."), TsigAlgorithm.HmacSha256, new TsigSecret(new byte[32]));

    private readonly ReaderEpochs _epochs = new();
    private readonly UdpRequestHandler _handler;

    public TestServer(params ServedZone[] zones)
        : this(new View { Zones = new ZoneTable(zones) })
    {
    }

    public TestServer(params View[] views)
        : this(StateOf(views))
    {
    }

    /// <summary>A server whose zone can be changed.</summary>
    public static TestServer WithWriters(
        IZoneWriters writers, ServedZone zone, ILoggerFactory? loggers = null, IRefusalSink? refusals = null) =>
        new(StateOf([new View { Zones = new ZoneTable([zone]) }]), writers, loggers, refusals);

    public TestServer(
        ServingState state, IZoneWriters? writers = null, ILoggerFactory? loggers = null, IRefusalSink? refusals = null)
    {
        Published = new PublishedState(state);
        Counters = new RequestCounters();
        _handler = new UdpRequestHandler(
            Published, _epochs, Clock, new RequestEvents(loggers ?? NullLoggerFactory.Instance, refusals), Counters, new SnapshotLeases(Clock),
            writers is null ? null : new UpdateHandOff(writers, Clock, new RequestCounters(), new RequestCounters()));
    }

    public ManualClock Clock { get; } = new();

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public PublishedState Published { get; }

    public RequestCounters Counters { get; }

    public NetEndpoint Client { get; set; } = new(NetAddress.FromIPv4(0x7F000001), 40000);

    /// <summary>Sends one datagram; empty when there is no reply.</summary>
    public byte[] Send(ReadOnlySpan<byte> message)
    {
        byte[] response = new byte[4096];
        _handler.BeginBatch(1);
        _handler.Prepare(0, Datagram(message));
        int length = _handler.Answer(0, Datagram(message), response);
        _handler.EndBatch();
        return response[..length];
    }

    /// <summary>Sends datagrams as one batch; <paramref name="between"/> runs after all were prepared and before the first is answered.</summary>
    public byte[][] SendBatch(byte[][] messages, Action? between = null)
    {
        byte[][] replies = new byte[messages.Length][];
        byte[] response = new byte[4096];
        _handler.BeginBatch(messages.Length);
        for (int i = 0; i < messages.Length; i++)
            _handler.Prepare(i, Datagram(messages[i]));
        between?.Invoke();
        for (int i = 0; i < messages.Length; i++)
            replies[i] = response[.._handler.Answer(i, Datagram(messages[i]), response)];
        _handler.EndBatch();
        return replies;
    }

    /// <summary>Sends one datagram many times in one batch and keeps nothing.</summary>
    public void SendRepeatedly(byte[] message, int times, byte[] response)
    {
        _handler.BeginBatch(times);
        for (int i = 0; i < times; i++)
            _handler.Prepare(i, Datagram(message));
        for (int i = 0; i < times; i++)
            _handler.Answer(i, Datagram(message), response);
        _handler.EndBatch();
    }

    public Reply Ask(string name, RecordType type, QueryOptions? options = null) => new(Send(Query(name, type, options)));

    /// <summary>Builds a query.</summary>
    public byte[] Query(string name, RecordType type, QueryOptions? options = null)
    {
        options ??= new QueryOptions();
        byte[] buffer = new byte[4096];
        MessageWriter writer = new(buffer, new CompressionTable(6, false));
        writer.SetHeader(0x1234, (ushort)((options.Opcode.Value << 11) | options.Flags));
        writer.TryWriteQuestion(DomainName.Parse(name).Wire, type, options.Class);
        int length = writer.Position;
        if (options.Edns)
        {
            OptContent content = new()
            {
                PayloadBytes = options.PayloadBytes,
                DnssecOk = options.DnssecOk,
                AsksForNsid = options.Nsid,
                AsksForExpire = options.Expire,
                Cookie = options.Cookie,
            };
            Assert.True(EdnsWriter.TryWrite(buffer, length, content, 0, out length));
            if (options.EdnsVersion != 0)
                buffer[writer.Position + 6] = options.EdnsVersion;
        }

        if (options.Key is { } key)
            Assert.True(TsigSigner.SignRequest(buffer, length, key, options.SignedAt ?? Now, out length, out _));
        return buffer[..length];
    }

    public void Dispose() => _handler.Dispose();

    private Datagram Datagram(ReadOnlySpan<byte> message) =>
        new(message, Client, new NetEndpoint(NetAddress.FromIPv4(0x7F000001), 53));

    private static ServingState StateOf(View[] views) => new()
    {
        Views = new ViewTable(views, ChaosZones.Create("version text", "host text", null)),
        Keys = KeyRing.Create([new KeyRingEntry(Key)]),
        Cookies = new ServerCookies(new byte[16]),
        Nsid = "node-1"u8.ToArray(),
    };
}

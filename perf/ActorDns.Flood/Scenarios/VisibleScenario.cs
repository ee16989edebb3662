using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;
using ActorDns.Protocol.Names;

namespace ActorDns.Flood.Scenarios;

/// <summary>How soon a secondary answers with what its primary has acknowledged: NOTIFY, SOA query, IXFR and all.</summary>
internal sealed class VisibleScenario(bool isAtBind) : Scenario
{
    private const int WriterNumber = 0xFFFF;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static readonly VisibleScenario[] All = [new(isAtBind: true), new(isAtBind: false)];

    public override string Id => isAtBind ? "visible-bind" : "visible-own";

    public override string Title => $"Update to visible at {(isAtBind ? "a BIND" : "an equal")} secondary";

    public override string Method =>
        "One signed update at a time; from its acknowledgement on, the secondary is asked for the record until it answers with it. "
        + "NOTIFY is sent without a delay where that can be set. A pause of 20 ms before the next one.";

    public override string SceneId => isAtBind ? Scenes.SeenAtBind : Scenes.SeenAtEqual;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("median", "ms", true) { Target = 0.5 },
        new("p99", "ms", true),
        new("updates", "", false) { Digits = 0 },
    ];

    public override bool TakesPart(ServerKind kind) => kind.NotifiesAtOnce;

    public override void Prepare(Server server, RoundLength length)
    {
        if (!FirstAnswer.Await(server.Secondary!.EndPoint, server.Scene.Zones[0].Origin, 6, TimeSpan.FromMinutes(1), () => server.Secondary.HasEnded))
            throw new InvalidOperationException($"its secondary does not answer; the end of its log: {server.Secondary.LastWords()}");
        Run(server, length.Warm);
    }

    public override double[] Measure(Server server, RoundLength length)
    {
        double[] milliseconds = Run(server, length.Measured);
        Array.Sort(milliseconds);
        return [milliseconds[milliseconds.Length / 2], milliseconds[(int)(0.99 * (milliseconds.Length - 1))], milliseconds.Length];
    }

    private static double[] Run(Server server, TimeSpan duration)
    {
        DomainName zone = DomainName.Parse(server.Scene.Zones[0].Origin);
        using UpdateClient writer = new(server.EndPoint, BenchmarkKey.Key, zone, WriterNumber, new UpdateWorkload(1, 1, IsStream: false));
        writer.Socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        using Socket reader = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        reader.Connect(server.Secondary!.EndPoint);
        byte[] question = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, .. "cffff-0000"u8, .. zone.Wire, 0, 1, 0, 1];
        byte[] reply = new byte[512];
        List<double> milliseconds = [];
        long start = Stopwatch.GetTimestamp();

        // Pairs of updates: the last one takes the record away, so that the next run finds none.
        while (Stopwatch.GetElapsedTime(start) < duration || milliseconds.Count % 2 != 0 || milliseconds.Count == 0)
        {
            bool isAddition = milliseconds.Count % 2 == 0;
            writer.Send(Stopwatch.GetTimestamp());
            while (!writer.Receive())
            {
            }

            long acknowledged = Stopwatch.GetTimestamp();
            while (IsThere() != isAddition)
            {
                if (Stopwatch.GetElapsedTime(acknowledged) > Patience)
                    throw new InvalidOperationException($"an update is not visible after {Patience.TotalSeconds} s");
            }

            milliseconds.Add(Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds);
            Thread.Sleep(Pause);
        }

        return writer.Refused == 0 ? [.. milliseconds] : throw new InvalidOperationException("an update was refused");

        bool IsThere()
        {
            reader.Send(question);
            reader.Receive(reply);
            return BinaryPrimitives.ReadUInt16BigEndian(reply.AsSpan(6)) > 0; // Answers.
        }
    }
}

using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Scenarios;

/// <summary>AXFR of the large zone to clients that take it as fast as it comes.</summary>
internal sealed class TransferOutScenario(bool isSigned, int clients) : Scenario
{
    public static readonly TransferOutScenario[] All = [new(false, 1), new(true, 1), new(true, 8)];

    public override string Id => $"axfr-{(isSigned ? "signed" : "plain")}{(clients > 1 ? $"-{clients}" : "")}";

    public override string Title => $"AXFR out, {(isSigned ? "signed" : "unsigned")}, {clients} client{(clients > 1 ? "s at once" : "")}";

    public override string Method => "The client counts octets and records and does no more; its core is the other one.";

    public override string SceneId => Scenes.Large;

    public override IReadOnlyList<Metric> Metrics =>
    [
        new("transferred", "MB/s", false) { Target = isSigned ? 8 : null, Digits = 1 },
        new("CPU per transfer", "ms", true) { Target = isSigned ? 0.125 : null, Digits = 0 },
        new("time until all are served", "ms", true) { Digits = 0 },
    ];

    public override void Prepare(Server server, RoundLength length) => Measure(server, length);

    public override double[] Measure(Server server, RoundLength length)
    {
        SceneZone zone = server.Scene.Zones[0];
        TransferResult?[] results = new TransferResult?[clients];
        Exception? failure = null;
        double before = server.CpuSeconds();
        Thread[] threads = [.. Enumerable.Range(0, clients).Select(number => new Thread(() => Transfer(number)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        double spent = server.CpuSeconds() - before;
        if (failure is not null)
            throw new InvalidOperationException(failure.Message, failure);
        double seconds = results.Max(static result => result!.Seconds);
        return [results.Sum(static result => result!.Octets) / seconds / 1e6, spent * 1e3 / clients, seconds * 1e3];

        void Transfer(int number)
        {
            try
            {
                results[number] = TransferClient.Full(server.EndPoint, zone.Origin, isSigned, zone.Records + 1);
            }
            catch (Exception ended) when (ended is InvalidOperationException or System.Net.Sockets.SocketException)
            {
                failure = ended;
            }
        }
    }
}

using System.CommandLine;
using System.Globalization;
using System.Net;
using ActorDns.Flood.Load;
using ActorDns.Flood.Servers;
using ActorDns.Flood.Updating;

namespace ActorDns.Flood.Commands;

/// <summary>The load alone, for a server that somebody has started: what a profiler watches.</summary>
internal static class LoadCommands
{
    private const int QueryCount = 1 << 16;

    public static Command Queries()
    {
        Argument<int> port = new("port") { Description = "Port on 127.0.0.1" };
        Argument<QueryKind> kind = new("kind") { Description = "What is asked" };
        Argument<int> names = new("names") { Description = "Names of the zone" };
        Argument<int> sockets = new("sockets") { Description = "Client sockets" };
        Argument<int> window = new("window") { Description = "Queries under way on each" };
        Argument<int> seconds = new("seconds") { Description = "How long" };
        Command command = new("queries", "Floods one server with queries over UDP.") { port, kind, names, sockets, window, seconds };
        command.SetAction(parsed =>
        {
            using QueryList queries = new(parsed.GetValue(kind), parsed.GetValue(names), QueryCount, seed: 1);
            using FloodClient client = new(
                new IPEndPoint(IPAddress.Loopback, parsed.GetValue(port)), parsed.GetValue(sockets), parsed.GetValue(window), queries);
            FloodResult result = client.Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{result.Rate:F0} answers/s, {result.Answers} answers, {result.Lost} lost, {result.Stray} stray, {result.MeanBytes:F1} octets each"));
            for (int rcode = 0; rcode < result.ByRcode.Length; rcode++)
            {
                if (result.ByRcode[rcode] > 0)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rcode {rcode}: {result.ByRcode[rcode]}"));
            }
        });
        return command;
    }

    public static Command Updates()
    {
        Argument<int> port = new("port") { Description = "Port on 127.0.0.1" };
        Argument<int> clients = new("clients") { Description = "Clients, each with one update under way" };
        Argument<int> records = new("records") { Description = "Records of a message" };
        Argument<string> transport = new("transport") { Description = "udp or tcp" };
        Argument<int> seconds = new("seconds") { Description = "How long" };
        Command command = new("updates", $"Floods the zone {BenchmarkZone.UpdateOrigin} of one server with updates signed by {BenchmarkKey.Name}.")
        {
            port, clients, records, transport, seconds,
        };
        command.SetAction(parsed =>
        {
            UpdateWorkload workload = new(parsed.GetValue(clients), parsed.GetValue(records), parsed.GetValue(transport) == "tcp");
            using UpdateFlood flood = new(
                new IPEndPoint(IPAddress.Loopback, parsed.GetValue(port)), BenchmarkZone.UpdateOrigin.TrimEnd('.'), workload, firstClient: 0);
            TimeSpan own = Environment.CpuUsage.TotalTime;
            double elapsed = flood.Run(TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            own = Environment.CpuUsage.TotalTime - own;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{flood.Updates / elapsed:F0} updates/s, {flood.Updates} updates, {flood.Refused} refused, {flood.Lost} lost, "
                + $"{own.TotalMicroseconds / flood.Updates:F1} us own CPU each"));
        });
        return command;
    }

    public static Command Zone()
    {
        Argument<string> shape = new("shape") { Description = "mixed, signed or updates" };
        Argument<int> names = new("names") { Description = "Names" };
        Argument<string> file = new("file") { Description = "The file" };
        Command command = new("zone", "Writes one of the zones.") { shape, names, file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file)!;
            long records = parsed.GetValue(shape) switch
            {
                "mixed" => BenchmarkZone.WriteMixed(path, BenchmarkZone.MixedOrigin, parsed.GetValue(names)),
                "signed" => BenchmarkZone.WriteSigned(path, parsed.GetValue(names)),
                "updates" => BenchmarkZone.WriteUpdates(path, BenchmarkZone.UpdateOrigin),
                var other => throw new ArgumentException($"{other} is none of mixed, signed, updates"),
            };
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} records"));
        });
        return command;
    }
}

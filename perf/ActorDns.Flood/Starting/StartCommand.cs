using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorDns.Flood.Load;
using ActorDns.Flood.Scenarios;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Starting;

/// <summary>
/// Starts the server again and again, compiled while it runs and compiled ahead in turn, and measures how soon and how fast it answers.
/// </summary>
internal static class StartCommand
{
    private const int Names = 1_000;
    private const int Queries = 1_000;
    private const int Port = 5501;
    private const int DefaultRounds = 10;
    private const int RetryMicroseconds = 2_000;
    private const int AnswerMicroseconds = 1_000_000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Measures and writes the result.</summary>
    /// <param name="directory">For zones and logs.</param>
    /// <param name="results">Where the dated files go.</param>
    /// <param name="jitPath">actordns.dll as it is built.</param>
    /// <param name="aheadPath">The program as it is published.</param>
    /// <param name="options">Number of rounds.</param>
    public static int Run(string directory, string results, string jitPath, string aheadPath, string[] options)
    {
        int rounds = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : DefaultRounds;
        directory = Path.GetFullPath(directory);
        Scene scene = new Scenes(directory, new RunSizes(Names, 0, 0)).Make(Scenes.Queries);
        Server built = new(new ActorDnsKind(Path.GetFullPath(jitPath)), scene, Path.Combine(directory, "built"), Port, 1);
        Server published = new(new ActorDnsKind(Path.GetFullPath(aheadPath)), scene, Path.Combine(directory, "published"), Port, 1);
        List<StartSample> samples = [];
        for (int round = 0; round < rounds; round++)
        {
            samples.Add(Measure("built", built));
            samples.Add(Measure("published", published));
        }

        Write(results, samples, rounds);
        return 0;
    }

    private static StartSample Measure(string image, Server server)
    {
        using QueryList queries = new(QueryKind.Positive, Names, Queries, seed: 3);
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect("127.0.0.1", Port);
        long started = Stopwatch.GetTimestamp();
        server.Start();
        try
        {
            ushort id = 0;
            double first;
            while (!TryAsk(socket, queries, ++id, RetryMicroseconds, out first))
            {
                if (Stopwatch.GetElapsedTime(started) > StartLimit)
                    throw new InvalidOperationException($"the {image} server did not start; see {server.Folder}/output.log");
            }

            double ready = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            double[] times = new double[Queries - 1];
            for (int i = 1; i < Queries; i++)
                times[i - 1] = TryAsk(socket, queries, ++id, AnswerMicroseconds, out double taken) ? taken : double.PositiveInfinity;
            Array.Sort(times);
            return new StartSample(image, ready, first, times[times.Length / 2], times[times.Length * 99 / 100], times[^1]);
        }
        finally
        {
            server.Kill();
        }
    }

    /// <summary>Sends the next query and waits for its answer; a refusal by the kernel means that nobody listens yet.</summary>
    private static unsafe bool TryAsk(Socket socket, QueryList queries, ushort id, int waitMicroseconds, out double microseconds)
    {
        Span<byte> query = new(queries.Next(out int length), length);
        BinaryPrimitives.WriteUInt16BigEndian(query, id);
        Span<byte> answer = stackalloc byte[1232];
        long sent = Stopwatch.GetTimestamp();
        microseconds = 0;
        try
        {
            socket.Send(query);
            while (socket.Poll(waitMicroseconds, SelectMode.SelectRead))
            {
                socket.Receive(answer);
                if (BinaryPrimitives.ReadUInt16BigEndian(answer) != id)
                    continue; // A late answer to an earlier try.
                microseconds = Stopwatch.GetElapsedTime(sent).TotalMicroseconds;
                return (answer[3] & 0x0F) == 0;
            }

            return false;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Write(string results, List<StartSample> samples, int rounds)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# Start and first answers\n\nMedians of {rounds} starts each, in turn, server on core 0, client on core 1, ");
        text.Append(CultureInfo.InvariantCulture, $"{Names} names a zone; the columns of queries are of the first {Queries} asked one after the other.\n\n");
        text.Append("| image | ready, ms | first answer, us | median, us | 99th percentile, us | slowest, us |\n|---|---|---|---|---|---|\n");
        foreach (IGrouping<string, StartSample> image in samples.GroupBy(static sample => sample.Image))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {image.Key} | {Median(image, static s => s.ReadyMilliseconds):F0} | {Median(image, static s => s.FirstMicroseconds):F0} | ");
            text.Append(
                CultureInfo.InvariantCulture,
                $"{Median(image, static s => s.MedianMicroseconds):F0} | {Median(image, static s => s.P99Microseconds):F0} | ");
            text.Append(CultureInfo.InvariantCulture, $"{Median(image, static s => s.WorstMicroseconds):F0} |\n");
        }

        Directory.CreateDirectory(results);
        string stem = Path.Combine(
            results, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture) + "-start");
        File.WriteAllText(stem + ".md", text.ToString());
        File.WriteAllText(stem + ".json", JsonSerializer.Serialize(samples, Indented) + "\n");
        Console.WriteLine(text);
    }

    private static double Median(IEnumerable<StartSample> samples, Func<StartSample, double> value)
    {
        double[] sorted = [.. samples.Select(value).Order()];
        return sorted[sorted.Length / 2];
    }
}

using System.Globalization;
using System.Net;

namespace ActorDns.Flood.Comparison;

/// <summary>Runs all servers side by side and measures them in turn, round by round, so that drift of the machine meets all of them.</summary>
internal static class CompareCommand
{
    private const int Names = 100_000;
    private const int DefaultRounds = 5;
    private const int DefaultSeconds = 5;
    private const int StartTries = 120;

    /// <summary>Measures and writes the result; 0 when every server answered.</summary>
    public static int Run(string directory, string results, string serverPath, string[] options)
    {
        int rounds = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : DefaultRounds;
        int seconds = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : DefaultSeconds;
        Directory.CreateDirectory(Path.Combine(directory, "knot"));
        Peer[] peers = PeerSetup.Prepare(Path.GetFullPath(directory), Path.GetFullPath(serverPath), Names);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAll(peers); // A signal ends the servers too.
        try
        {
            foreach (Peer peer in peers)
                peer.Start(directory);
            Peer[] ready = [.. peers.Where(WaitUntilAnswering)];
            List<Sample> samples = Measure(ready, rounds, TimeSpan.FromSeconds(seconds));
            Report.Write(results, ready, samples, rounds, seconds);
            return ready.Length == peers.Length ? 0 : 1;
        }
        finally
        {
            StopAll(peers);
        }
    }

    private static void StopAll(Peer[] peers)
    {
        foreach (Peer peer in peers)
            peer.Stop();
    }

    private static List<Sample> Measure(Peer[] peers, int rounds, TimeSpan duration)
    {
        List<Sample> samples = [];
        foreach (Workload workload in Workload.All)
        {
            using QueryList queries = new(workload.Kind, Names, 1 << 16, seed: 1);
            foreach (Peer peer in peers)
                _ = Flood(peer, workload, queries, TimeSpan.FromSeconds(1)); // Warms caches and compiler.
            for (int round = 1; round <= rounds; round++)
            {
                foreach (Peer peer in peers)
                {
                    Sample sample = Flood(peer, workload, queries, duration);
                    samples.Add(sample);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{workload.Name}, round {round} of {rounds}: {peer.Name} {sample.CpuMicroseconds:F2} us, {sample.AnswersPerSecond:F0}/s"));
                }
            }
        }

        return samples;
    }

    private static Sample Flood(Peer peer, Workload workload, QueryList queries, TimeSpan duration)
    {
        using FloodClient client = new(new IPEndPoint(IPAddress.Loopback, peer.Port), workload.Sockets, workload.Window, queries);
        double before = peer.CpuSeconds();
        FloodResult result = client.Run(duration);
        double spent = peer.CpuSeconds() - before;
        return new Sample(
            peer.Name,
            workload.Name,
            result.Answers == 0 ? double.NaN : spent * 1e6 / result.Answers,
            result.Rate,
            result.MeanBytes,
            result.Answers,
            result.Lost,
            result.ByRcode);
    }

    private static bool WaitUntilAnswering(Peer peer)
    {
        for (int attempt = 0; attempt < StartTries; attempt++)
        {
            if (AnswersBoth(peer))
                return true;
        }

        Console.Error.WriteLine($"{peer.Name} does not answer; see its log");
        return false;
    }

    private static bool AnswersBoth(Peer peer)
    {
        foreach (QueryKind kind in (QueryKind[])[QueryKind.Positive, QueryKind.Signed])
        {
            using QueryList queries = new(kind, Names, 64, seed: 2);
            using FloodClient client = new(new IPEndPoint(IPAddress.Loopback, peer.Port), 1, 1, queries);
            FloodResult result = client.Run(TimeSpan.FromMilliseconds(250));
            if (result.ByRcode[0] == 0)
                return false;
        }

        return true;
    }
}

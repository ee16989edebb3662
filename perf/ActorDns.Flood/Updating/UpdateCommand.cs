using System.Globalization;
using System.Net.Sockets;
using ActorDns.Flood.Comparison;

namespace ActorDns.Flood.Updating;

/// <summary>Runs all servers side by side and measures their updates in turn, round by round.</summary>
internal static class UpdateCommand
{
    private const string Unpinned = "unpinned";
    private const int DefaultRounds = 5;
    private const int DefaultSeconds = 5;
    private const int StartTries = 120;

    // A server that compiles while it runs is measured as it goes on, not as it begins; all get the same.
    private const int WarmUpSeconds = 5;

    /// <summary>Measures and writes the result; 0 when every server took updates.</summary>
    public static int Run(string directory, string results, string serverPath, string[] options)
    {
        bool isUnpinned = options is [Unpinned, ..];
        if (isUnpinned)
            options = options[1..];
        int rounds = options.Length > 0 ? int.Parse(options[0], CultureInfo.InvariantCulture) : DefaultRounds;
        int seconds = options.Length > 1 ? int.Parse(options[1], CultureInfo.InvariantCulture) : DefaultSeconds;
        Peer[] peers = UpdatePeers.Prepare(Path.GetFullPath(directory), Path.GetFullPath(serverPath), isUnpinned ? Environment.ProcessorCount : 1);
        if (options.Length > 2)
            peers = [.. peers.Where(peer => options.Skip(2).Contains(peer.Name, StringComparer.OrdinalIgnoreCase))];
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAll(peers); // A signal ends the servers too.
        try
        {
            foreach (Peer peer in peers)
                peer.Start(directory);
            Peer[] ready = [.. peers.Where(WaitUntilUpdating)];
            UpdateReport.Write(results, isUnpinned, ready, Measure(ready, rounds, seconds), rounds, seconds);
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

    private static List<UpdateSample> Measure(Peer[] peers, int rounds, int seconds)
    {
        List<UpdateSample> samples = [];
        foreach (UpdateWorkload workload in UpdateWorkload.All)
        {
            foreach (Peer peer in peers)
                _ = Flood(peer, workload, TimeSpan.FromSeconds(WarmUpSeconds));
            for (int round = 1; round <= rounds; round++)
            {
                foreach (Peer peer in peers)
                {
                    UpdateSample sample = Flood(peer, workload, TimeSpan.FromSeconds(seconds));
                    samples.Add(sample);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{workload.Name}, round {round} of {rounds}: {peer.Name} {sample.UpdatesPerSecond:F0}/s, {sample.CpuMicroseconds:F1} us CPU, {sample.Refused} refused, {sample.Lost} lost"));
                }
            }
        }

        return samples;
    }

    private static UpdateSample Flood(Peer peer, UpdateWorkload workload, TimeSpan duration)
    {
        using UpdateFlood flood = new(peer.Port, workload);
        double before = peer.CpuSeconds();
        double seconds = flood.Run(duration);
        double spent = peer.CpuSeconds() - before;
        return new UpdateSample(
            peer.Name,
            workload.Name,
            flood.Updates / seconds,
            flood.Updates == 0 ? double.NaN : spent * 1e6 / flood.Updates,
            flood.Updates,
            flood.Refused,
            flood.Lost);
    }

    private static bool WaitUntilUpdating(Peer peer)
    {
        for (int attempt = 0; attempt < StartTries; attempt++)
        {
            try
            {
                using UpdateFlood flood = new(peer.Port, new UpdateWorkload(1, 1, IsStream: true));
                flood.Run(TimeSpan.Zero);
                if (flood.Updates == 1)
                    return true;
            }
            catch (Exception notYet) when (notYet is SocketException or IOException)
            {
                // It does not listen yet.
            }

            if (peer.EndsWithin(TimeSpan.FromMilliseconds(250)))
                break;
        }

        Console.Error.WriteLine($"{peer.Name} takes no update; see its log");
        return false;
    }
}

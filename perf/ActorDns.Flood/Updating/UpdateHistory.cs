using System.Diagnostics;
using ActorDns.Flood.Servers;

namespace ActorDns.Flood.Updating;

/// <summary>Has a server take a number of updates, for what it does with them afterwards.</summary>
internal static class UpdateHistory
{
    private const int Clients = 50;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Sends single updates until so many, or a few more, have been taken.</summary>
    public static void Make(Server server, int updates)
    {
        long taken = 0;
        long start = Stopwatch.GetTimestamp();
        while (taken < updates)
        {
            UpdateWorkload workload = new(Clients, 1, IsStream: false);
            using UpdateFlood flood = new(server.EndPoint, server.Scene.Zones[0].Name, workload, firstClient: 0)
            {
                MostUpdates = updates - taken,
            };
            flood.Run(Step);
            if (flood.Updates == 0)
                throw new InvalidOperationException("it takes no update");
            taken += flood.Updates;
            if (taken < updates && Stopwatch.GetElapsedTime(start) > Longest)
                throw new InvalidOperationException($"it took {taken} of {updates} updates in {Longest.TotalSeconds} s");
        }
    }
}

using System.Collections.Concurrent;
using ActorDns.Protocol.Records;

namespace ActorDns.Actors.Cluster;

/// <summary>Asks the other nodes which serial of a zone they serve. Any thread may use it.</summary>
/// <param name="self">This process.</param>
/// <param name="zones">What this node serves.</param>
/// <param name="clock">Limits the wait.</param>
internal sealed class SerialSurvey(Guid self, FollowedZones zones, TimeProvider clock)
{
    /// <summary>A node that is slower does not count; it takes what is decided when it is back.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, Answers> _surveys = new();

    /// <summary>The newest serial that others serve; null when none of them told one.</summary>
    /// <param name="zoneId">The zone.</param>
    /// <param name="others">The nodes that are asked.</param>
    /// <param name="send">Sends to all nodes.</param>
    public async Task<Serial?> AskAsync(long zoneId, IEnumerable<Guid> others, Func<ClusterSignal, Task> send)
    {
        Answers answers = new([.. others]);
        if (answers.IsComplete)
            return null;
        _surveys[zoneId] = answers;
        await send(new ClusterSignal.SerialWanted(self, zoneId)).ConfigureAwait(false);
        await Task.WhenAny(answers.All, Task.Delay(Longest, clock)).ConfigureAwait(false);
        _surveys.TryRemove(new KeyValuePair<long, Answers>(zoneId, answers));
        return answers.Newest;
    }

    /// <summary>The answer to another node's question; null when the zone is none of this node's.</summary>
    public ClusterSignal? Answer(ClusterSignal.SerialWanted question) =>
        question.Node != self && zones.TryFind(question.ZoneId, out FollowedZone? zone) && zone.Place.ServedSerial is { } serial
            ? new ClusterSignal.SerialServed(self, question.ZoneId, serial)
            : null;

    /// <summary>Takes an answer.</summary>
    public void Take(ClusterSignal.SerialServed answer)
    {
        if (_surveys.TryGetValue(answer.ZoneId, out Answers? answers))
            answers.Add(answer.Node, answer.Serial);
    }

    private sealed class Answers(HashSet<Guid> missing)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private Serial? _newest;

        public Task All => _all.Task;

        public bool IsComplete => missing.Count == 0;

        public Serial? Newest
        {
            get
            {
                lock (_gate)
                    return _newest;
            }
        }

        public void Add(Guid node, Serial serial)
        {
            lock (_gate)
            {
                if (_newest is not { } newest || serial.IsNewerThan(newest))
                    _newest = serial;
                if (missing.Remove(node) && missing.Count == 0)
                    _all.TrySetResult();
            }
        }
    }
}

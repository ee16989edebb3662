namespace ActorDns.Host.Control;

/// <summary>
/// Remembers the requests of all connections long enough that one recorded from the wire cannot be sent again. Only verified requests come
/// here, so strangers cannot fill it. Thread-safe.
/// </summary>
internal sealed class ReplayCache
{
    /// <summary>How long a request is remembered: longer than its time stamp can be accepted.</summary>
    public const int MemorySeconds = 900;

    /// <summary>Most requests remembered at once; the next is taken for a repetition.</summary>
    public const int MaxRequests = 65_536;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Request, long Until)> _order = [];

    /// <summary>Takes note of a request; false when it was seen before.</summary>
    public bool TryAdd(string request, long nowUnixSeconds)
    {
        lock (_gate)
        {
            while (_order.TryPeek(out (string Request, long Until) oldest) && oldest.Until < nowUnixSeconds)
                _seen.Remove(_order.Dequeue().Request);
            if (_seen.Count >= MaxRequests || !_seen.Add(request))
                return false;
            _order.Enqueue((request, nowUnixSeconds + MemorySeconds));
            return true;
        }
    }
}

using System.Collections.Concurrent;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Sockets;

/// <summary>
/// The stream connections of all listeners that share one set of limits: admits, lists and ends them. Thread-safe.
/// </summary>
public sealed class StreamConnectionTable(StreamLimits limits)
{
    private readonly ConcurrentDictionary<long, StreamConnection> _connections = new();
    private readonly ConcurrentDictionary<NetAddress, int> _perClient = new();
    private StreamLimits _limits = limits;
    private int _admitted;
    private int _highWater;
    private long _lastId;

    /// <summary>The limits; a lower one ends no connection but admits none until it is met.</summary>
    public StreamLimits Limits
    {
        get => Volatile.Read(ref _limits);
        set => Volatile.Write(ref _limits, value);
    }

    /// <summary>Connections now.</summary>
    public int Count => _connections.Count;

    /// <summary>Most connections at once since the start.</summary>
    public int HighWater => Volatile.Read(ref _highWater);

    /// <summary>Totals since the start.</summary>
    public StreamCounts Counts => Counters.Read();

    internal StreamCounters Counters { get; } = new();

    /// <summary>The connections now, oldest first.</summary>
    public IReadOnlyList<ConnectionInfo> List() =>
        [.. _connections.Values.Select(static connection => connection.Describe()).OrderBy(static info => info.Id)];

    /// <summary>Ends all connections of a client at once and returns how many there were.</summary>
    public int End(NetAddress client)
    {
        int ended = 0;
        foreach (StreamConnection connection in _connections.Values)
        {
            if (connection.Source.Address != client)
                continue;
            connection.Abort();
            ended++;
        }

        return ended;
    }

    internal long NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Takes a place for a connection of this client, or counts why there is none.</summary>
    internal bool TryAdmit(NetAddress client)
    {
        StreamLimits limits = Limits;
        if (Interlocked.Increment(ref _admitted) > limits.MaxConnections)
        {
            Interlocked.Decrement(ref _admitted);
            Interlocked.Increment(ref Counters.RefusedTotal);
            return false;
        }

        if (_perClient.AddOrUpdate(client, 1, static (_, count) => count + 1) > limits.MaxConnectionsPerClient)
        {
            Release(client);
            Interlocked.Increment(ref Counters.RefusedPerClient);
            return false;
        }

        Interlocked.Increment(ref Counters.Accepted);
        return true;
    }

    internal void Add(StreamConnection connection)
    {
        _connections[connection.Id] = connection;
        int now = _connections.Count;
        int before;
        while (now > (before = HighWater) && Interlocked.CompareExchange(ref _highWater, now, before) != before)
        {
        }
    }

    /// <summary>Forgets a connection that was admitted, and gives its place free.</summary>
    internal void Remove(StreamConnection connection)
    {
        if (_connections.TryRemove(connection.Id, out _))
            Release(connection.Source.Address);
    }

    internal IEnumerable<StreamConnection> OwnedBy(object owner) =>
        _connections.Values.Where(connection => connection.Owner == owner);

    private void Release(NetAddress client)
    {
        Interlocked.Decrement(ref _admitted);
        while (_perClient.TryGetValue(client, out int count))
        {
            bool isDone = count > 1
                ? _perClient.TryUpdate(client, count - 1, count)
                : _perClient.TryRemove(KeyValuePair.Create(client, count));
            if (isDone)
                return;
        }
    }
}

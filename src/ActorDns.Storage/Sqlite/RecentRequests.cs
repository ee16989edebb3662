using System.Buffers.Binary;
using ActorDns.Storage.Contracts;

namespace ActorDns.Storage.Sqlite;

/// <summary>
/// Says of most requests that they are not in the store, without a look at it. A second's requests are read once, when the first of them
/// comes, and followed from then on; the seconds used last are kept. It may take a request for one that is there, never the other way
/// round: what is added stays even if the transaction does not.
/// </summary>
internal sealed class RecentRequests
{
    private const int SecondsCapacity = 64;

    private readonly Lock _gate = new();
    private readonly LinkedList<(DateTimeOffset KeepUntil, HashSet<long> Marks)> _seconds = new();
    private object? _of;

    /// <summary>Forgets all when the content may be another: on a new connection, or when another program has written.</summary>
    public void Follow(SqliteStatements statements)
    {
        long version = statements.DataVersion.FirstRow(static row => row.Int64(0)) ?? 0;
        (SqliteStatements, long) content = (statements, version);
        lock (_gate)
        {
            if (content.Equals(_of))
                return;
            _of = content;
            _seconds.Clear();
        }
    }

    /// <summary>False when the store holds no such request. Only for whoever has the writing connection.</summary>
    public bool MayHold(RequestFingerprint request, SqliteStatements statements)
    {
        lock (_gate)
        {
            if (Find(request.KeepUntil) is { } known)
                return known.Contains(MarkOf(request.Mac.Span));
        }

        HashSet<long> marks = [];
        statements.RequestsOfSecond.BindTime(request.KeepUntil).ForEachRow(row => marks.Add(MarkOf(row.Blob(0))));
        lock (_gate)
        {
            _seconds.AddFirst((request.KeepUntil, marks));
            if (_seconds.Count > SecondsCapacity)
                _seconds.RemoveLast();
        }

        return marks.Contains(MarkOf(request.Mac.Span));
    }

    /// <summary>False when the store holds no such request; true when it does, or when nobody has looked at that second yet.</summary>
    public bool MayHold(RequestFingerprint request)
    {
        lock (_gate)
            return Find(request.KeepUntil)?.Contains(MarkOf(request.Mac.Span)) ?? true;
    }

    /// <summary>Takes note of a request before it is written.</summary>
    public void Add(RequestFingerprint request)
    {
        lock (_gate)
            Find(request.KeepUntil)?.Add(MarkOf(request.Mac.Span));
    }

    private HashSet<long>? Find(DateTimeOffset keepUntil)
    {
        for (LinkedListNode<(DateTimeOffset KeepUntil, HashSet<long> Marks)>? at = _seconds.First; at is not null; at = at.Next)
        {
            if (at.Value.KeepUntil != keepUntil)
                continue;
            if (at.Previous is not null)
            {
                _seconds.Remove(at);
                _seconds.AddFirst(at);
            }

            return at.Value.Marks;
        }

        return null;
    }

    // A MAC is as good as random: its first octets tell requests apart, and where they do not, the store is asked.
    private static long MarkOf(ReadOnlySpan<byte> mac)
    {
        Span<byte> first = stackalloc byte[sizeof(long)];
        first.Clear();
        mac[..Math.Min(mac.Length, first.Length)].CopyTo(first);
        return BinaryPrimitives.ReadInt64LittleEndian(first);
    }
}

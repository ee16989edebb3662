using System.Runtime.CompilerServices;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline.KeyUses;

/// <summary>
/// Which keys one worker has verified, by whom and for what: written by its thread alone, without a lock and, after the first use,
/// without an
/// allocation; read by one other. An entry is complete before the count that makes it visible, and only its two numbers change later.
/// </summary>
/// <remarks>
/// A table that is half full is asked to start over; its worker does so at its next use, so that the reader never sees an entry change its
/// meaning. What is counted in the moment between the reader's look and its request may be lost: the next use of that peer is seen again.
/// </remarks>
public sealed class KeyUseTable
{
    private const int Capacity = 512;
    private const int NamedCapacity = Capacity - 64; // The rest is for peers that are too many: an entry for each key and operation.
    private const int SlotCount = Capacity * 2;
    private readonly long[] _reported = new long[Capacity];
    private Entry[]? _entries;
    private short[]? _slots;
    private int _count;
    private bool _startsOver;
    private bool _waitsForStart;

    /// <summary>Counts a use; by the worker's thread.</summary>
    internal void Count(TsigKey key, NetAddress peer, KeyOperation operation, long nowUnixSeconds)
    {
        if (_entries is null)
        {
            _slots = new short[SlotCount];
            Volatile.Write(ref _entries, new Entry[Capacity]);
        }
        else if (Volatile.Read(ref _startsOver))
        {
            Array.Clear(_slots!);
            Volatile.Write(ref _count, 0);
            Volatile.Write(ref _startsOver, false);
        }

        if (!TryCount(key, peer, isNamed: true, operation, nowUnixSeconds, NamedCapacity))
            TryCount(key, default, isNamed: false, operation, nowUnixSeconds, Capacity);
    }

    /// <summary>Gives what is new since the last call; by one reader at a time.</summary>
    public void Collect(Action<SeenKey> take)
    {
        if (_waitsForStart)
        {
            if (Volatile.Read(ref _startsOver))
                return; // Nothing was counted since.
            Array.Clear(_reported);
            _waitsForStart = false;
        }

        if (Volatile.Read(ref _entries) is not { } entries)
            return;
        int count = Volatile.Read(ref _count);
        for (int at = 0; at < count; at++)
        {
            ref Entry entry = ref entries[at];
            long uses = Volatile.Read(ref entry.Uses);
            if (uses == _reported[at])
                continue;
            take(new SeenKey(
                entry.Key,
                entry.IsNamed ? entry.Peer : null,
                entry.Operation,
                Volatile.Read(ref entry.LastUnixSeconds),
                uses - _reported[at]));
            _reported[at] = uses;
        }

        if (count <= Capacity / 2)
            return;
        _waitsForStart = true;
        Volatile.Write(ref _startsOver, true);
    }

    private bool TryCount(TsigKey key, NetAddress peer, bool isNamed, KeyOperation operation, long now, int limit)
    {
        int slot = HashCode.Combine(RuntimeHelpers.GetHashCode(key), peer, isNamed, operation) & (SlotCount - 1);
        while (_slots![slot] is > 0 and short found)
        {
            ref Entry entry = ref _entries![found - 1];
            if (ReferenceEquals(entry.Key, key) && entry.Peer == peer && entry.IsNamed == isNamed && entry.Operation == operation)
            {
                Volatile.Write(ref entry.LastUnixSeconds, now);
                Volatile.Write(ref entry.Uses, entry.Uses + 1);
                return true;
            }

            slot = (slot + 1) & (SlotCount - 1);
        }

        if (_count >= limit)
            return false;
        _entries![_count] = new Entry
        {
            Key = key,
            Peer = peer,
            IsNamed = isNamed,
            Operation = operation,
            LastUnixSeconds = now,
            Uses = 1,
        };
        _slots[slot] = (short)(_count + 1);
        Volatile.Write(ref _count, _count + 1);
        return true;
    }

    private struct Entry
    {
        public TsigKey Key;
        public NetAddress Peer;
        public bool IsNamed;
        public KeyOperation Operation;
        public long LastUnixSeconds;
        public long Uses;
    }
}

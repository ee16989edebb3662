using System.Numerics;

namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>
/// A table of fixed size that all listeners share without a lock: buckets of four accounts, each a 64-bit fingerprint and a
/// 64-bit state. When a bucket is full, the account that matters least is forgotten.
/// </summary>
/// <remarks>
/// Two threads that open an account in the same place at the same time may lose one debit, or charge one to the wrong account.
/// Nothing worse can happen, and no thread ever waits.
/// </remarks>
internal sealed class AccountTable
{
    private const int Ways = 4;
    private const int WordsPerBucket = Ways * 2;
    private readonly long[] _words;
    private readonly ulong _bucketMask;
    private readonly int _windowSeconds;

    public AccountTable(int entries, int windowSeconds)
    {
        uint buckets = BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (entries + Ways - 1) / Ways));
        _words = new long[buckets * WordsPerBucket];
        _bucketMask = buckets - 1;
        _windowSeconds = windowSeconds;
    }

    /// <summary>The state of an account, opened if there is none. A fingerprint is never 0.</summary>
    public ref long Open(long fingerprint, long second)
    {
        Span<long> bucket = Bucket(fingerprint);
        int found = Find(bucket, fingerprint);
        if (found >= 0)
            return ref bucket[found + 1];

        int place = LeastNeeded(bucket, second);
        long former = Volatile.Read(ref bucket[place]);
        if (Interlocked.CompareExchange(ref bucket[place], fingerprint, former) == former)
            Volatile.Write(ref bucket[place + 1], 0);
        return ref bucket[place + 1];
    }

    /// <summary>The state of an account; false when it is not in the table any more.</summary>
    public bool TryRead(long fingerprint, out AccountState state)
    {
        Span<long> bucket = Bucket(fingerprint);
        int found = Find(bucket, fingerprint);
        state = found < 0 ? default : new AccountState(Volatile.Read(ref bucket[found + 1]));
        return found >= 0;
    }

    /// <summary>Changes the state of an account if it is still what it was.</summary>
    public bool TryReplace(long fingerprint, AccountState former, AccountState state)
    {
        Span<long> bucket = Bucket(fingerprint);
        int found = Find(bucket, fingerprint);
        return found >= 0 && Interlocked.CompareExchange(ref bucket[found + 1], state.Bits, former.Bits) == former.Bits;
    }

    private static int Find(Span<long> bucket, long fingerprint)
    {
        for (int place = 0; place < bucket.Length; place += 2)
        {
            if (Volatile.Read(ref bucket[place]) == fingerprint)
                return place;
        }

        return -1;
    }

    private Span<long> Bucket(long fingerprint) =>
        _words.AsSpan((int)((ulong)fingerprint & _bucketMask) * WordsPerBucket, WordsPerBucket);

    /// <summary>An empty place, else the oldest account without a debt and unknown to the log, else the oldest.</summary>
    private int LeastNeeded(Span<long> bucket, long second)
    {
        int chosen = 0;
        long bestScore = -1;
        for (int place = 0; place < bucket.Length; place += 2)
        {
            if (Volatile.Read(ref bucket[place]) == 0)
                return place;
            AccountState state = new(Volatile.Read(ref bucket[place + 1]));
            bool isNeeded = state.IsLogged || state.IsPenalizedAt(second, _windowSeconds);
            long score = state.AgeAt(second) + (isNeeded ? 0 : 1L << 32);
            if (score > bestScore)
            {
                bestScore = score;
                chosen = place;
            }
        }

        return chosen;
    }
}

using System.Threading.Channels;
using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>
/// Response rate limiting as BIND's <c>rate-limit</c> does it. Every response to a client network and of a kind is charged to an
/// account that earns its rate each second and can owe at most a window of it; who owes is dropped, or slips through truncated.
/// </summary>
/// <remarks>
/// One instance serves all listeners: the accounts are shared, so that a flood spread over the sockets is counted once. The time
/// is passed in as whole seconds of any steady clock. Nothing allocates but the report that an account has become limited, which
/// waits in a bounded queue until <see cref="RateLimitReporter"/> collects it.
/// </remarks>
public sealed class RateLimiter
{
    private const int QueuedReports = 1_024;
    private const int CompareAndSetAttempts = 16;
    private const int FixedKeyBytes = 24;
    private readonly ulong _keyLow;
    private readonly ulong _keyHigh;
    private readonly AccountTable _accounts;
    private readonly TotalRate _total;
    private readonly Channel<RateLimitEvent> _reports = Channel.CreateBounded<RateLimitEvent>(QueuedReports);
    private readonly bool _exemptsClients;
    private long _lostReports;

    /// <summary>Makes a limiter; <paramref name="hashKey"/> is 16 random octets that keep clients from choosing collisions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public RateLimiter(RateLimitOptions options, ReadOnlySpan<byte> hashKey)
    {
        options.Validate();
        Options = options;
        _keyLow = BitConverter.ToUInt64(hashKey);
        _keyHigh = BitConverter.ToUInt64(hashKey[sizeof(ulong)..]);
        _accounts = new AccountTable(options.TableEntries, options.WindowSeconds);
        _total = new TotalRate(options.QpsScale, options.WindowSeconds);
        _exemptsClients = !options.ExemptClients.IsNone;
    }

    /// <summary>The options.</summary>
    public RateLimitOptions Options { get; }

    /// <summary>Reports that found the queue full.</summary>
    public long LostReports => Interlocked.Read(ref _lostReports);

    internal ChannelReader<RateLimitEvent> Reports => _reports.Reader;

    internal AccountTable Accounts => _accounts;

    /// <summary>Charges a response and says what becomes of it.</summary>
    public RateLimitOutcome Charge(in LimitedResponse response, long nowSeconds)
    {
        if (response.IsProven || (_exemptsClients && Options.ExemptClients.Allows(new AccessSubject(response.Client))))
            return RateLimitOutcome.Send;
        double scale = _total.CountAndScale(nowSeconds);
        if (response.IsStream)
        {
            if (scale < 1.0)
                RememberStream(response, nowSeconds);
            return RateLimitOutcome.Send;
        }

        if (scale < 1.0 && HasUsedStream(response, nowSeconds))
            scale = 1.0;
        RateLimitOutcome outcome = Debit(response, response.Category, scale, nowSeconds);
        if (Options.AllPerSecond == 0)
            return Options.LogOnly ? RateLimitOutcome.Send : outcome;

        // Both accounts are charged; the one of all responses goes first, and it never slips.
        RateLimitOutcome all = Debit(response, ResponseCategory.All, scale, nowSeconds);
        if (all != RateLimitOutcome.Send)
            outcome = all;
        return Options.LogOnly ? RateLimitOutcome.Send : outcome;
    }

    private RateLimitOutcome Debit(
        in LimitedResponse response, ResponseCategory category, double scale, long nowSeconds)
    {
        int rate = Options.RateOf(category);
        if (rate == 0)
            return RateLimitOutcome.Send;
        int slip = category == ResponseCategory.All ? 0 : Options.Slip;
        if (scale < 1.0)
        {
            rate = Math.Max(1, (int)(rate * scale));
            slip = slip > 2 ? Math.Max(2, (int)(slip * scale)) : slip;
        }

        long fingerprint = Fingerprint(response, category);
        ref long account = ref _accounts.Open(fingerprint, nowSeconds);
        RateLimitOutcome outcome = RateLimitOutcome.Send;
        for (int attempt = 0; attempt < CompareAndSetAttempts; attempt++)
        {
            AccountState former = new(Volatile.Read(ref account));
            AccountState state = former.Debit(
                nowSeconds, rate, Options.WindowSeconds, slip, out outcome, out bool tellsLog);
            if (Interlocked.CompareExchange(ref account, state.Bits, former.Bits) != former.Bits)
                continue;
            if (tellsLog)
                Report(response, category, fingerprint, former.IsLogged);
            break;
        }

        return outcome;
    }

    private void RememberStream(in LimitedResponse response, long nowSeconds)
    {
        ref long account = ref _accounts.Open(Fingerprint(response, ResponseCategory.Stream), nowSeconds);
        Volatile.Write(ref account, AccountState.Create(nowSeconds, 1, 0, isLogged: false, 0).Bits);
    }

    private bool HasUsedStream(in LimitedResponse response, long nowSeconds) =>
        _accounts.TryRead(Fingerprint(response, ResponseCategory.Stream), out AccountState state)
        && state.AgeAt(nowSeconds) < Options.WindowSeconds;

    /// <summary>
    /// Identity of an account: client network, kind and, as far as the kind tells them apart, name, class and type. A keyed hash
    /// of 64 bits stands for all of it.
    /// </summary>
    private long Fingerprint(in LimitedResponse response, ResponseCategory category)
    {
        Span<byte> key = stackalloc byte[FixedKeyBytes + WireName.MaxBytes];
        key[..FixedKeyBytes].Clear();
        ClientNetwork(response.Client).WriteBytes(key);
        key[16] = (byte)category;
        key[17] = response.Client.IsIPv6 ? (byte)1 : (byte)0;
        int length = FixedKeyBytes;
        if (HasName(category))
        {
            if (category != ResponseCategory.NxDomain)
                BitConverter.TryWriteBytes(key[18..], response.Class.Value);
            if (category == ResponseCategory.Answer)
                BitConverter.TryWriteBytes(key[20..], response.Type.Value);
            WireName.CopyFolded(response.Name, key[FixedKeyBytes..]);
            length += response.Name.Length;
        }

        long fingerprint = (long)SipHash24.Hash(_keyLow, _keyHigh, key[..length]);
        return fingerprint == 0 ? 1 : fingerprint;
    }

    private void Report(in LimitedResponse response, ResponseCategory category, long fingerprint, bool isKnown)
    {
        // The count is looked at first, so that a flood of reports does not allocate what is then thrown away.
        bool isQueued = _reports.Reader.Count < QueuedReports && _reports.Writer.TryWrite(new RateLimitEvent
        {
            Kind = isKnown ? RateLimitEventKind.Continued : RateLimitEventKind.Started,
            Category = category,
            Client = new NetPrefix(response.Client, PrefixBits(response.Client)),
            Name = HasName(category) && !response.Name.IsEmpty ? DomainName.FromWire(response.Name) : null,
            Type = response.Type,
            Class = response.Class,
            ErrorRcode = category == ResponseCategory.Error ? response.Rcode : null,
            LogOnly = Options.LogOnly,
            Fingerprint = fingerprint,
        });
        if (!isQueued)
            Interlocked.Increment(ref _lostReports);
    }

    private static bool HasName(ResponseCategory category) => category <= ResponseCategory.NxDomain;

    private NetAddress ClientNetwork(NetAddress client) => client.Masked(PrefixBits(client));

    private int PrefixBits(NetAddress client) => client.IsIPv6 ? Options.IPv6PrefixBits : Options.IPv4PrefixBits;
}

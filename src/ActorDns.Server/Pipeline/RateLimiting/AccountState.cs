namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>
/// An account's state in 64 bits, so that it can change by one compare-and-set: responses that may still be sent (negative is
/// debt), the second of the last change, the count towards the next slip, and whether the log knows that it is limited.
/// </summary>
/// <remarks>
/// <code>
/// | seconds since the log spoke, 11 | logged, 1 | slip, 4 | balance, 24 | second, 24 |
/// </code>
/// The value 0 is an account that has just been opened.
/// </remarks>
internal readonly record struct AccountState(long Bits)
{
    /// <summary>Age of an account that was never used, or that a jump of the clock has made meaningless.</summary>
    public const int Forever = int.MaxValue;

    /// <summary>After how many seconds without a debit the log is told that limiting has stopped.</summary>
    public const int StopLogSeconds = 60;

    /// <summary>After how many seconds of limiting the log is told again.</summary>
    public const int RepeatLogSeconds = 1_800;

    private const int TimeBits = 24;
    private const int LongestTimeTravelSeconds = 5;

    public int Balance => (int)(Bits << 16 >> 40);

    public int SlipCount => (int)(Bits >> 48) & 0xF;

    public bool IsLogged => (Bits & (1L << 52)) != 0;

    public int LogAge => (int)((ulong)Bits >> 53);

    public static AccountState Create(long second, int balance, int slipCount, bool isLogged, int logAge) => new(
        (second & ((1L << TimeBits) - 1))
        | ((long)(balance & 0xFF_FFFF) << TimeBits)
        | ((long)slipCount << 48)
        | (isLogged ? 1L << 52 : 0)
        | ((long)logAge << 53));

    /// <summary>Seconds since the last change. The near future counts as now, the far future as a clock that was set back.</summary>
    public int AgeAt(long second)
    {
        if (Bits == 0)
            return Forever;
        int age = (int)((second - Bits) << (64 - TimeBits) >> (64 - TimeBits));
        if (age >= 0)
            return age;
        return age < -LongestTimeTravelSeconds ? Forever : 0;
    }

    /// <summary>The balance with the credit of the time since the last change.</summary>
    public int BalanceAt(long second, int rate, int windowSeconds)
    {
        int age = AgeAt(second);
        return age > windowSeconds ? rate : Math.Min(Balance + (rate * age), rate);
    }

    /// <summary>True when forgetting the account would free somebody from a limit that holds now.</summary>
    public bool IsPenalizedAt(long second, int windowSeconds) => Balance < 0 && AgeAt(second) <= windowSeconds;

    public AccountState WithoutLog() => Create(Bits, Balance, SlipCount, isLogged: false, 0);

    /// <summary>
    /// Takes one response off the account. <paramref name="slip"/> is 0 for accounts that never slip; the log is to be told when
    /// <paramref name="tellsLog"/> is set.
    /// </summary>
    public AccountState Debit(
        long second, int rate, int windowSeconds, int slip, out RateLimitOutcome outcome, out bool tellsLog)
    {
        int age = AgeAt(second);
        int balance = BalanceAt(second, rate, windowSeconds);
        int slipCount = balance == rate && age > 0 ? 0 : SlipCount;
        int logAge = IsLogged ? (int)Math.Min((long)LogAge + age, RepeatLogSeconds) : 0;
        bool isLogged = IsLogged && (age < StopLogSeconds || balance < 0);
        balance--;
        outcome = RateLimitOutcome.Send;
        tellsLog = false;
        if (balance < 0)
        {
            balance = Math.Max(balance, -windowSeconds * rate);
            outcome = slip != 0 && slipCount == 0 ? RateLimitOutcome.Slip : RateLimitOutcome.Drop;
            if (slip != 0)
                slipCount = (slipCount + 1) % slip;
            tellsLog = !isLogged || logAge >= RepeatLogSeconds;
            logAge = tellsLog ? 0 : logAge;
            isLogged = true;
        }

        return Create(second, balance, slipCount, isLogged, logAge);
    }
}

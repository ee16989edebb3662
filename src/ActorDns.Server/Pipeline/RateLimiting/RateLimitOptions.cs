using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>
/// The <c>rate-limit</c> block of named.conf. Rates are responses per second to one client network, 0 for no limit. Those that
/// are left out follow <see cref="ResponsesPerSecond"/>, but for <see cref="AllPerSecond"/>.
/// </summary>
public sealed record RateLimitOptions
{
    /// <summary>Largest rate that can be set.</summary>
    public const int MostPerSecond = 1_000;

    /// <summary>Longest window that can be set.</summary>
    public const int LongestWindowSeconds = 3_600;

    /// <summary>Largest slip that can be set.</summary>
    public const int LargestSlip = 10;

    /// <summary>Accounts that are kept when the configuration sets no bound (<c>max-table-size 0</c>).</summary>
    public const int UnboundedTableEntries = 262_144;

    private readonly int? _referrals;
    private readonly int? _noData;
    private readonly int? _nxDomains;
    private readonly int? _errors;

    /// <summary><c>responses-per-second</c>.</summary>
    public int ResponsesPerSecond { get; init; }

    /// <summary><c>referrals-per-second</c>.</summary>
    public int ReferralsPerSecond { get => _referrals ?? ResponsesPerSecond; init => _referrals = value; }

    /// <summary><c>nodata-per-second</c>.</summary>
    public int NoDataPerSecond { get => _noData ?? ResponsesPerSecond; init => _noData = value; }

    /// <summary><c>nxdomains-per-second</c>.</summary>
    public int NxDomainsPerSecond { get => _nxDomains ?? ResponsesPerSecond; init => _nxDomains = value; }

    /// <summary><c>errors-per-second</c>.</summary>
    public int ErrorsPerSecond { get => _errors ?? ResponsesPerSecond; init => _errors = value; }

    /// <summary><c>all-per-second</c>.</summary>
    public int AllPerSecond { get; init; }

    /// <summary><c>window</c>: seconds over which an account can fall into debt, and after which it is forgotten.</summary>
    public int WindowSeconds { get; init; } = 15;

    /// <summary><c>slip</c>: every how many limited responses one is sent truncated; 0 for none, 1 for all.</summary>
    public int Slip { get; init; } = 2;

    /// <summary><c>qps-scale</c>: total responses per second above which rates shrink in proportion; 0 for never.</summary>
    public int QpsScale { get; init; }

    /// <summary><c>ipv4-prefix-length</c>.</summary>
    public int IPv4PrefixBits { get; init; } = 24;

    /// <summary><c>ipv6-prefix-length</c>.</summary>
    public int IPv6PrefixBits { get; init; } = 56;

    /// <summary><c>exempt-clients</c>.</summary>
    public MatchList ExemptClients { get; init; } = MatchList.None;

    /// <summary><c>log-only</c>: everything is counted and logged, and everything is sent.</summary>
    public bool LogOnly { get; init; }

    /// <summary><c>max-table-size</c>: accounts that are kept, all allotted at the start; 0 for a large number of ours.</summary>
    public int MaxTableSize { get; init; } = 20_000;

    /// <summary><c>min-table-size</c>: lower bound of the accounts that are kept.</summary>
    public int MinTableSize { get; init; } = 500;

    /// <summary>Accounts that the table has room for.</summary>
    public int TableEntries => MaxTableSize == 0 ? UnboundedTableEntries : Math.Max(MaxTableSize, MinTableSize);

    /// <summary>The limit of a kind of response.</summary>
    public int RateOf(ResponseCategory category) => category switch
    {
        ResponseCategory.Answer => ResponsesPerSecond,
        ResponseCategory.Referral => ReferralsPerSecond,
        ResponseCategory.NoData => NoDataPerSecond,
        ResponseCategory.NxDomain => NxDomainsPerSecond,
        ResponseCategory.Error => ErrorsPerSecond,
        ResponseCategory.All => AllPerSecond,
        _ => 0,
    };

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        for (ResponseCategory category = ResponseCategory.Answer; category <= ResponseCategory.All; category++)
            RequireRange(RateOf(category), 0, MostPerSecond, $"rate of {category}");
        RequireRange(WindowSeconds, 1, LongestWindowSeconds, "window");
        RequireRange(Slip, 0, LargestSlip, "slip");
        RequireRange(QpsScale, 0, int.MaxValue, "qps-scale");
        RequireRange(IPv4PrefixBits, 0, 32, "ipv4-prefix-length");
        RequireRange(IPv6PrefixBits, 0, 128, "ipv6-prefix-length");
        RequireRange(MaxTableSize, 0, int.MaxValue / 64, "max-table-size");
        RequireRange(MinTableSize, 1, int.MaxValue / 64, "min-table-size");
    }

    private static void RequireRange(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"must be between {least} and {most}");
    }
}

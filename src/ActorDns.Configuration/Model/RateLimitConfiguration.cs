using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>The <c>rate-limit</c> block; rates are answers per second and zero is no limit.</summary>
public sealed record RateLimitConfiguration(SourcePosition Position)
{
    /// <summary>Limit on all responses of one client network.</summary>
    public int AllPerSecond { get; init; }

    /// <summary>Limit on errors.</summary>
    public int ErrorsPerSecond { get; init; }

    /// <summary>Limit on empty answers.</summary>
    public int NodataPerSecond { get; init; }

    /// <summary>Limit on NXDOMAIN answers.</summary>
    public int NxdomainsPerSecond { get; init; }

    /// <summary>Limit on referrals.</summary>
    public int ReferralsPerSecond { get; init; }

    /// <summary>Limit on equal answers; the default of the four more special limits.</summary>
    public int ResponsesPerSecond { get; init; }

    /// <summary>Every how manyth dropped answer is sent truncated instead; zero drops all.</summary>
    public int Slip { get; init; } = 2;

    /// <summary>Seconds over which rates are measured.</summary>
    public int WindowSeconds { get; init; } = 15;

    /// <summary>Queries per second above which the limits shrink; null for never.</summary>
    public int? QpsScale { get; init; }

    /// <summary>Bits of an IPv4 address that make a client network.</summary>
    public int Ipv4PrefixLength { get; init; } = 24;

    /// <summary>Bits of an IPv6 address that make a client network.</summary>
    public int Ipv6PrefixLength { get; init; } = 56;

    /// <summary>Entries the table never grows beyond.</summary>
    public int MaxTableSize { get; init; } = 20_000;

    /// <summary>Entries the table begins with.</summary>
    public int MinTableSize { get; init; } = 500;

    /// <summary>True when limits are logged but not enforced.</summary>
    public bool LogOnly { get; init; }

    /// <summary>Clients without limits.</summary>
    public AddressMatchList ExemptClients { get; init; } = AddressMatchList.None;
}

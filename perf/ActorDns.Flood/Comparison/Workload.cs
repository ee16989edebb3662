namespace ActorDns.Flood.Comparison;

/// <summary>One column of load: what is asked, from how many sockets, how many queries under way on each.</summary>
internal sealed record Workload(string Name, QueryKind Kind, int Sockets, int Window)
{
    /// <summary>All that are measured: few clients with much under way, and many with little.</summary>
    public static readonly Workload[] All =
    [
        new("positive, 16 sockets", QueryKind.Positive, 16, 32),
        new("NXDOMAIN, 16 sockets", QueryKind.Absent, 16, 32),
        new("referral, 16 sockets", QueryKind.Referral, 16, 32),
        new("signed DO, 16 sockets", QueryKind.Signed, 16, 32),
        new("signed NXDOMAIN DO, 16 sockets", QueryKind.SignedAbsent, 16, 32),
        new("positive, 200 sockets", QueryKind.Positive, 200, 4),
        new("signed DO, 200 sockets", QueryKind.Signed, 200, 4),
    ];
}

using ActorDns.Server.Pipeline.RateLimiting;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Views;

/// <summary>A world of zones for the clients that match it. Immutable; a reload makes new ones.</summary>
public sealed record View
{
    /// <summary>Name of the view that exists when the configuration has none.</summary>
    public const string DefaultName = "_default";

    /// <summary>UDP sizes unless configured: what crosses the Internet without fragments (RFC 9715 §3.1).</summary>
    public const int DefaultUdpBytes = 1232;

    /// <summary>Name as configured.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>Which clients and keys (<c>match-clients</c>).</summary>
    public MatchList MatchClients { get; init; } = MatchList.Any;

    /// <summary>Which of our addresses (<c>match-destinations</c>).</summary>
    public MatchList MatchDestinations { get; init; } = MatchList.Any;

    /// <summary>True when only requests with RD match (<c>match-recursive-only</c>).</summary>
    public bool MatchRecursiveOnly { get; init; }

    /// <summary>The view's zones.</summary>
    public required ZoneTable Zones { get; init; }

    /// <summary>How much positive answers carry.</summary>
    public MinimalResponses MinimalResponses { get; init; } = MinimalResponses.NoAuthorityForRecursive;

    /// <summary>True answers ANY over UDP with one set (<c>minimal-any</c>, RFC 8482 §4.1).</summary>
    public bool MinimalAny { get; init; }

    /// <summary>Largest UDP reply in octets (<c>max-udp-size</c>), 512 to 4,096.</summary>
    public int MaxUdpBytes { get; init; } = DefaultUdpBytes;

    /// <summary>UDP payload size that we announce (<c>edns-udp-size</c>).</summary>
    public int AdvertisedUdpBytes { get; init; } = DefaultUdpBytes;

    /// <summary>
    /// True answers a UDP query whose server cookie is not good with BADCOOKIE (<c>require-server-cookie</c>, RFC 7873
    /// §5.2.3).
    /// </summary>
    public bool RequireServerCookie { get; init; }

    /// <summary>Response rate limiting; null when the view has none.</summary>
    public RateLimiter? RateLimiter { get; init; }

    /// <summary>True sends transfers with one record in a message (<c>transfer-format one-answer</c>).</summary>
    public bool IsOneAnswer { get; init; }

    /// <summary>What holds for single servers, the longest prefix first.</summary>
    public IReadOnlyList<PeerRule> Peers { get; init; } = [];

    /// <summary>True when the view takes a request of this client to this address.</summary>
    public bool Matches(in AccessSubject subject, bool recursionDesired) =>
        (!MatchRecursiveOnly || recursionDesired)
        && (MatchClients.IsAny || MatchClients.Allows(subject))
        && (MatchDestinations.IsAny || MatchDestinations.Allows(subject.AsDestination()));
}

using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Pipeline.RateLimiting;

/// <summary>What rate limiting looks at in a response that is about to be sent. Lives on the stack; the span is borrowed.</summary>
/// <param name="client">Where the response goes.</param>
/// <param name="category">Its kind.</param>
public readonly ref struct LimitedResponse(NetAddress client, ResponseCategory category)
{
    /// <summary>Where the response goes.</summary>
    public NetAddress Client { get; } = client;

    /// <summary>Its kind.</summary>
    public ResponseCategory Category { get; } = category;

    /// <summary>
    /// The wire name that the response is charged to, so that a client cannot escape by asking for ever new names: the zone's for
    /// NXDOMAIN, the child's for a referral, the parent of the asterisk for a wildcard, else the question's. Errors have none.
    /// </summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Type of the question; counts for answers only.</summary>
    public RecordType Type { get; init; }

    /// <summary>Class of the question.</summary>
    public RecordClass Class { get; init; }

    /// <summary>The rcode, for the log.</summary>
    public Rcode Rcode { get; init; }

    /// <summary>True for TCP, TLS and the like: their clients are where they say, and are not limited.</summary>
    public bool IsStream { get; init; }

    /// <summary>True when a TSIG signature was verified or the server cookie was good: the address is not forged.</summary>
    public bool IsProven { get; init; }
}

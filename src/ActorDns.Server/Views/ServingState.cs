using ActorDns.Protocol.Edns;
using ActorDns.Zones.Access;

namespace ActorDns.Server.Views;

/// <summary>
/// Everything that answering needs, as one immutable value: read once per batch, replaced as a whole by a reload.
/// </summary>
public sealed record ServingState
{
    /// <summary>Views and, through them, zones.</summary>
    public required ViewTable Views { get; init; }

    /// <summary>Keys of all views: a signature is verified before the view is chosen.</summary>
    public KeyRing Keys { get; init; } = KeyRing.Empty;

    /// <summary>Clients that get no answer at all (<c>blackhole</c>).</summary>
    public MatchList Blackhole { get; init; } = MatchList.None;

    /// <summary>Name server identifier (RFC 5001); empty when none is configured.</summary>
    public ReadOnlyMemory<byte> Nsid { get; init; }

    /// <summary>The secrets of server cookies; null answers without one (<c>answer-cookie no</c>).</summary>
    public ServerCookies? Cookies { get; init; }

    /// <summary>Idle time-out that is announced to clients that ask for it, in units of 100 ms (RFC 7828 §3.1).</summary>
    public ushort KeepaliveHundredMilliseconds { get; init; } = 300;

    /// <summary>True writes one line per query to category <c>queries</c>.</summary>
    public bool LogQueries { get; init; }
}

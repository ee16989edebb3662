using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Notify;

/// <summary>A server that is told of a zone's new serial.</summary>
/// <param name="Endpoint">Where it listens.</param>
/// <param name="Key">What the message is signed with; null for unsigned.</param>
/// <param name="Source">Where to send from; port zero leaves the port to the system.</param>
/// <param name="IsStreamOnly">True when it is asked by TCP alone, as with TLS it always is.</param>
/// <param name="Tls">How it is told by TLS; null for in the clear.</param>
public sealed record NotifyTarget(
    NetEndpoint Endpoint, TsigKey? Key, NetEndpoint Source, bool IsStreamOnly = false, OutboundTls? Tls = null)
{
    /// <summary>What makes it the same server over reloads: two keys are two servers, as with views behind one address.</summary>
    internal (NetEndpoint Endpoint, string? Key) Identity => (Endpoint, Key?.Name.ToString().ToUpperInvariant());

    /// <inheritdoc/>
    public override string ToString() => Endpoint.ToString();
}

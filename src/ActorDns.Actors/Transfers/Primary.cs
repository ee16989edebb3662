using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Transfers;

/// <summary>A server that a zone is copied from, and how to talk to it.</summary>
/// <param name="Endpoint">Its address and port.</param>
public sealed record Primary(NetEndpoint Endpoint)
{
    /// <summary>Signs what is asked; null asks unsigned.</summary>
    public TsigKey? Key { get; init; }

    /// <summary>How connections to it are secured; then nothing is asked in the clear. Null for plain UDP and TCP.</summary>
    public OutboundTls? Tls { get; init; }

    /// <summary>Our address to ask from; null leaves it to the system.</summary>
    public NetAddress? Source { get; init; }

    /// <summary>True when differences are asked for (<c>request-ixfr</c>).</summary>
    public bool RequestsIxfr { get; init; } = true;

    /// <summary>True when the expire timer is asked for (<c>request-expire</c>, RFC 7314).</summary>
    public bool RequestsExpire { get; init; } = true;

    /// <summary>False when it is asked without EDNS (<c>edns no</c>).</summary>
    public bool UsesEdns { get; init; } = true;

    /// <summary>True when it is never asked by UDP (<c>tcp-only</c>, and with TLS).</summary>
    public bool TcpOnly { get => field || Tls is not null; init; }

    /// <summary>Transfers from it at once; null for what holds for all (<c>transfers</c>).</summary>
    public int? MaxTransfers { get; init; }

    /// <summary>Why it is not to be asked at all; null when it may be.</summary>
    public string? Obstacle { get; init; }

    /// <summary>Our side as logs have it: the address asked from.</summary>
    public string SourceText
    {
        get
        {
            NetAddress any = Endpoint.Address.IsIPv6 ? NetAddress.FromBytes(stackalloc byte[16]) : default;
            return new NetEndpoint(Source ?? any, 0).ToString();
        }
    }
}

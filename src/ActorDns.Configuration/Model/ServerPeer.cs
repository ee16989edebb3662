using System.Net;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>A <c>server</c> block: how to talk to the servers of one address or network. The longest prefix wins; null is unset.</summary>
public sealed record ServerPeer(IPAddress Address, int PrefixLength, SourcePosition Position)
{
    /// <summary>The key that signs all requests sent there.</summary>
    public DomainName? Key { get; init; }

    /// <summary>True when the server is not to be talked to.</summary>
    public bool? Bogus { get; init; }

    /// <summary>False when requests go out without EDNS.</summary>
    public bool? Edns { get; init; }

    /// <summary>The UDP payload size told to the server.</summary>
    public int? EdnsUdpSize { get; init; }

    /// <summary>The largest UDP message sent to the server.</summary>
    public int? MaxUdpSize { get; init; }

    /// <summary>Block size of padding.</summary>
    public int? Padding { get; init; }

    /// <summary>True when differences are given out on request.</summary>
    public bool? ProvideIxfr { get; init; }

    /// <summary>True when differences are asked for.</summary>
    public bool? RequestIxfr { get; init; }

    /// <summary>True when the EXPIRE option is asked for.</summary>
    public bool? RequestExpire { get; init; }

    /// <summary>True when the NSID option is asked for.</summary>
    public bool? RequestNsid { get; init; }

    /// <summary>True when cookies are sent.</summary>
    public bool? SendCookie { get; init; }

    /// <summary>True when answers without a cookie are asked for again by TCP.</summary>
    public bool? RequireCookie { get; init; }

    /// <summary>True when the keepalive option is sent.</summary>
    public bool? TcpKeepalive { get; init; }

    /// <summary>True when all requests go by TCP.</summary>
    public bool? TcpOnly { get; init; }

    /// <summary>How many records a transfer message to the server carries.</summary>
    public TransferFormat? TransferFormat { get; init; }

    /// <summary>Transfers from the server at once.</summary>
    public int? Transfers { get; init; }

    /// <summary>Source of notifies, of the family of <see cref="Address"/>.</summary>
    public SourceAddress? NotifySource { get; init; }

    /// <summary>Source of transfers, of the family of <see cref="Address"/>.</summary>
    public SourceAddress? TransferSource { get; init; }
}

using System.Collections.Immutable;
using ActorDns.Protocol.Security;

namespace ActorDns.Configuration.Model;

/// <summary>The settings of the whole server: what stands in <c>options</c> and cannot differ by view or zone.</summary>
public sealed record ServerOptions
{
    /// <summary>The working directory, absolute; relative file names start here.</summary>
    public required Setting<string> Directory { get; init; }

    /// <summary>The sockets to listen on, in the order written; the default is port 53 on all addresses of both families.</summary>
    public required ImmutableArray<ListenOn> ListenOn { get; init; }

    /// <summary>The port of queries in clear when a listen statement has none.</summary>
    public required Setting<int> Port { get; init; }

    /// <summary>Port of servers that are talked to by TLS.</summary>
    public required Setting<int> TlsPort { get; init; }

    /// <summary>The file that holds the process number; null for none.</summary>
    public required Setting<string?> PidFile { get; init; }

    /// <summary>What <c>version.bind</c> answers.</summary>
    public required Setting<Identity> Version { get; init; }

    /// <summary>What <c>hostname.bind</c> answers.</summary>
    public required Setting<Identity> HostName { get; init; }

    /// <summary>What <c>id.server</c> and the NSID option (RFC 5001) answer.</summary>
    public required Setting<Identity> ServerId { get; init; }

    /// <summary>Clients that get no answer at all.</summary>
    public required Setting<AddressMatchList> Blackhole { get; init; }

    /// <summary>True when every query is logged; null when only the <c>queries</c> log category decides.</summary>
    public required Setting<bool?> QueryLog { get; init; }

    /// <summary>True when lists of IPv4 addresses match IPv4 clients of IPv6 sockets. Such clients are unmapped here in any case.</summary>
    public required Setting<bool> MatchMappedAddresses { get; init; }

    /// <summary>True when a query with a cookie is answered with one (RFC 7873 §5.2).</summary>
    public required Setting<bool> AnswerCookie { get; init; }

    /// <summary>The algorithm of server cookies.</summary>
    public required Setting<CookieAlgorithm> CookieAlgorithm { get; init; }

    /// <summary>The secrets of server cookies, the one for new cookies first; empty for a secret made at start.</summary>
    public required ImmutableArray<TsigSecret> CookieSecrets { get; init; }

    /// <summary>TCP connections at once.</summary>
    public required Setting<int> TcpClients { get; init; }

    /// <summary>How long an idle TCP connection is kept.</summary>
    public required Setting<TimeSpan> TcpIdleTimeout { get; init; }

    /// <summary>How long a new TCP connection may wait with its first query.</summary>
    public required Setting<TimeSpan> TcpInitialTimeout { get; init; }

    /// <summary>How long an idle connection is kept when its client uses the keepalive option (RFC 7828).</summary>
    public required Setting<TimeSpan> TcpKeepaliveTimeout { get; init; }

    /// <summary>The time told to clients in the keepalive option.</summary>
    public required Setting<TimeSpan> TcpAdvertisedTimeout { get; init; }

    /// <summary>Length of the queue of connections not yet accepted.</summary>
    public required Setting<int> TcpListenQueue { get; init; }

    /// <summary>Outgoing transfers at once; more are refused.</summary>
    public required Setting<int> TransfersOut { get; init; }

    /// <summary>Incoming transfers at once.</summary>
    public required Setting<int> TransfersIn { get; init; }

    /// <summary>Incoming transfers at once from one server.</summary>
    public required Setting<int> TransfersPerNs { get; init; }

    /// <summary>The size aimed at for transfer messages, in octets.</summary>
    public required Setting<int> TransferMessageSize { get; init; }

    /// <summary>SOA queries a second that refresh secondary zones.</summary>
    public required Setting<int> SerialQueryRate { get; init; }

    /// <summary>Notifies sent a second.</summary>
    public required Setting<int> NotifyRate { get; init; }

    /// <summary>Notifies sent a second after start.</summary>
    public required Setting<int> StartupNotifyRate { get; init; }

    /// <summary>Updates at once; more are dropped.</summary>
    public required Setting<int> UpdateQuota { get; init; }

    /// <summary>True when zones are written to their files at an orderly stop.</summary>
    public required Setting<bool> FlushZonesOnShutdown { get; init; }

    /// <summary>The name of the key for <c>update-policy local</c>.</summary>
    public required Setting<string> SessionKeyName { get; init; }

    /// <summary>The algorithm of that key.</summary>
    public required Setting<string> SessionKeyAlgorithm { get; init; }

    /// <summary>The file that key is written to; null for none.</summary>
    public required Setting<string?> SessionKeyFile { get; init; }

    /// <summary>The file that <c>rndc dumpdb</c> writes.</summary>
    public required Setting<string> DumpFile { get; init; }

    /// <summary>The file that <c>rndc stats</c> writes.</summary>
    public required Setting<string> StatisticsFile { get; init; }

    /// <summary>The receive buffer of UDP sockets in octets; zero for the system's own.</summary>
    public required Setting<int> UdpReceiveBuffer { get; init; }

    /// <summary>The send buffer of UDP sockets in octets; zero for the system's own.</summary>
    public required Setting<int> UdpSendBuffer { get; init; }

    /// <summary>The receive buffer of TCP sockets in octets; zero for the system's own.</summary>
    public required Setting<int> TcpReceiveBuffer { get; init; }

    /// <summary>The send buffer of TCP sockets in octets; zero for the system's own.</summary>
    public required Setting<int> TcpSendBuffer { get; init; }

    /// <summary>True when several sockets share one port.</summary>
    public required Setting<bool> ReusePort { get; init; }
}

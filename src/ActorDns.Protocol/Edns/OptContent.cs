using ActorDns.Protocol.Registries;

namespace ActorDns.Protocol.Edns;

/// <summary>What an OPT record to be written shall say. Lives on the stack of one answer; the spans are borrowed.</summary>
public ref struct OptContent
{
    /// <summary>UDP payload in octets that we can take (RFC 6891 §6.2.4).</summary>
    public ushort PayloadBytes { get; set; }

    /// <summary>The whole rcode; its eight high bits go into the record, the four low ones are the header's (RFC 6891 §6.1.3).</summary>
    public Rcode Rcode { get; set; }

    /// <summary>DO, copied from the request (RFC 3225 §3).</summary>
    public bool DnssecOk { get; set; }

    /// <summary>Our identifier (RFC 5001 §2.2); empty leaves the option out.</summary>
    public ReadOnlySpan<byte> Nsid { get; set; }

    /// <summary>Client and server cookie (RFC 7873 §4); empty leaves the option out.</summary>
    public ReadOnlySpan<byte> Cookie { get; set; }

    /// <summary>Idle time-out in units of 100 milliseconds (RFC 7828 §3.1); null leaves the option out, as it must be by UDP.</summary>
    public ushort? TcpKeepaliveTimeout { get; set; }

    /// <summary>Seconds until the zone expires here (RFC 7314 §3); null leaves the option out.</summary>
    public uint? ExpireSeconds { get; set; }

    /// <summary>Extended DNS error (RFC 8914 §2); null leaves the option out.</summary>
    public ExtendedErrorCode? ExtendedError { get; set; }

    /// <summary>Text of the extended error in UTF-8, without a final zero (RFC 8914 §2); may be empty.</summary>
    public ReadOnlySpan<byte> ExtendedErrorText { get; set; }

    /// <summary>For requests: an empty NSID option, which asks for the server's identifier (RFC 5001 §2.1).</summary>
    public bool AsksForNsid { get; set; }

    /// <summary>For requests: an empty EXPIRE option, which asks for the zone's expire timer (RFC 7314 §2).</summary>
    public bool AsksForExpire { get; set; }

    /// <summary>For requests by stream: an empty keepalive option, which asks for the idle time-out (RFC 7828 §3.2.1).</summary>
    public bool AsksForTcpKeepalive { get; set; }

    /// <summary>
    /// Size in octets that the whole message is padded to a multiple of (RFC 8467 §4.1: 468 for responses, 128 for queries);
    /// 0 leaves the option out.
    /// </summary>
    public int PaddingBlockBytes { get; set; }
}

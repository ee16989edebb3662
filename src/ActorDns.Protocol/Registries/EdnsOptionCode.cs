namespace ActorDns.Protocol.Registries;

/// <summary>Number of an EDNS(0) option (RFC 6891 §6.1.2).</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct EdnsOptionCode(ushort Value)
{
    /// <summary>Name server identifier (RFC 5001).</summary>
    public static readonly EdnsOptionCode Nsid = new(3);

    /// <summary>Client subnet (RFC 7871).</summary>
    public static readonly EdnsOptionCode ClientSubnet = new(8);

    /// <summary>Zone expire timer (RFC 7314).</summary>
    public static readonly EdnsOptionCode Expire = new(9);

    /// <summary>DNS cookie (RFC 7873).</summary>
    public static readonly EdnsOptionCode Cookie = new(10);

    /// <summary>TCP keepalive (RFC 7828).</summary>
    public static readonly EdnsOptionCode TcpKeepalive = new(11);

    /// <summary>Padding (RFC 7830).</summary>
    public static readonly EdnsOptionCode Padding = new(12);

    /// <summary>Extended DNS error (RFC 8914).</summary>
    public static readonly EdnsOptionCode ExtendedError = new(15);
}

namespace ActorDns.Zones.Access;

/// <summary>Ways a request can arrive, as a set; one request has exactly one.</summary>
[Flags]
public enum AccessTransports
{
    /// <summary>No transport; a list with this restriction is open to none.</summary>
    None = 0,

    /// <summary>Plain UDP.</summary>
    Udp = 1,

    /// <summary>Plain TCP.</summary>
    Tcp = 2,

    /// <summary>DNS over TLS (RFC 7858 §3.1), XFR over TLS included (RFC 9103 §7).</summary>
    Tls = 4,

    /// <summary>DNS over HTTPS.</summary>
    Http = 8,

    /// <summary>DNS over HTTP without encryption, as behind a proxy.</summary>
    HttpPlain = 16,

    /// <summary>Every transport.</summary>
    All = Udp | Tcp | Tls | Http | HttpPlain,
}

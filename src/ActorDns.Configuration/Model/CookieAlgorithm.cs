namespace ActorDns.Configuration.Model;

/// <summary>The algorithm of DNS server cookies.</summary>
public enum CookieAlgorithm
{
    /// <summary>SipHash-2-4 (RFC 9018 §4).</summary>
    SipHash24,

    /// <summary>The AES form that BIND no longer advises.</summary>
    Aes,
}

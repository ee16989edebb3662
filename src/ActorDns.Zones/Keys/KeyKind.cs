namespace ActorDns.Zones.Keys;

/// <summary>What a registered secret is for.</summary>
public enum KeyKind
{
    /// <summary>A TSIG key (RFC 8945).</summary>
    Tsig,

    /// <summary>A secret of DNS server cookies (RFC 9018 §4).</summary>
    Cookie,
}

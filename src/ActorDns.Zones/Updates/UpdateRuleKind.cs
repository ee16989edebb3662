namespace ActorDns.Zones.Updates;

/// <summary>How a rule of <c>update-policy</c> tells which names it is about.</summary>
public enum UpdateRuleKind
{
    /// <summary><c>name</c>: the updated name is NAME.</summary>
    Name,

    /// <summary><c>subdomain</c>: it is NAME or below it.</summary>
    Subdomain,

    /// <summary><c>zonesub</c>: it is in the zone.</summary>
    ZoneSub,

    /// <summary><c>wildcard</c>: the wildcard NAME matches it.</summary>
    Wildcard,

    /// <summary><c>self</c>: it is the signer's.</summary>
    Self,

    /// <summary><c>selfsub</c>: it is the signer's or below it.</summary>
    SelfSub,

    /// <summary><c>selfwild</c>: it is below the signer's.</summary>
    SelfWild,

    /// <summary><c>tcp-self</c>: it is the reverse name of the TCP client.</summary>
    TcpSelf,

    /// <summary><c>6to4-self</c>: it is the reverse name of the 6to4 network of the TCP client (RFC 3056).</summary>
    SixToFourSelf,

    /// <summary><c>ms-self</c>: a Windows machine's own name.</summary>
    MsSelf,

    /// <summary><c>ms-selfsub</c>: that or below it.</summary>
    MsSelfSub,

    /// <summary><c>ms-subdomain</c>: names in NAME, for Windows machines of a realm.</summary>
    MsSubdomain,

    /// <summary><c>ms-subdomain-self-rhs</c>: the same where PTR and SRV point to the machine.</summary>
    MsSubdomainSelfRhs,

    /// <summary><c>krb5-self</c>: a Kerberos host's own name.</summary>
    Krb5Self,

    /// <summary><c>krb5-selfsub</c>: that or below it.</summary>
    Krb5SelfSub,

    /// <summary><c>krb5-subdomain</c>: names in NAME, for Kerberos hosts of a realm.</summary>
    Krb5Subdomain,

    /// <summary><c>krb5-subdomain-self-rhs</c>: the same where PTR and SRV point to the host.</summary>
    Krb5SubdomainSelfRhs,

    /// <summary><c>external</c>: a process outside decides.</summary>
    External,
}

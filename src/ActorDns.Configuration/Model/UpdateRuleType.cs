namespace ActorDns.Configuration.Model;

/// <summary>The rule types of <c>update-policy</c>.</summary>
public enum UpdateRuleType
{
    /// <summary>The updated name is NAME.</summary>
    Name,

    /// <summary>The updated name is NAME or below it.</summary>
    Subdomain,

    /// <summary>The updated name is in the zone.</summary>
    ZoneSub,

    /// <summary>The updated name is matched by the wildcard NAME.</summary>
    Wildcard,

    /// <summary>The updated name is the signer's.</summary>
    Self,

    /// <summary>The updated name is the signer's or below it.</summary>
    SelfSub,

    /// <summary>The updated name is below the signer's.</summary>
    SelfWild,

    /// <summary>The updated name is the reverse name of the TCP client.</summary>
    TcpSelf,

    /// <summary>The updated name is the 6to4 reverse name of the TCP client.</summary>
    SixToFourSelf,

    /// <summary>A Windows machine updates its own name.</summary>
    MsSelf,

    /// <summary>A Windows machine updates its own name and below.</summary>
    MsSelfSub,

    /// <summary>A Windows machine of the realm updates names in NAME.</summary>
    MsSubdomain,

    /// <summary>As <see cref="MsSubdomain"/>, the data pointing at the machine.</summary>
    MsSubdomainSelfRhs,

    /// <summary>A Kerberos host updates its own name.</summary>
    Krb5Self,

    /// <summary>A Kerberos host updates its own name and below.</summary>
    Krb5SelfSub,

    /// <summary>A Kerberos host of the realm updates names in NAME.</summary>
    Krb5Subdomain,

    /// <summary>As <see cref="Krb5Subdomain"/>, the data pointing at the host.</summary>
    Krb5SubdomainSelfRhs,

    /// <summary>A process outside decides.</summary>
    External,
}

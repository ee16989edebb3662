namespace ActorDns.Protocol.Registries;

/// <summary>Outcome that a client is told, with the extension of EDNS(0) and the TSIG error numbers (RFC 6895 §2.3).</summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct Rcode(ushort Value)
{
    /// <summary>NOERROR, number 0.</summary>
    public static readonly Rcode NoError = new(0);

    /// <summary>FORMERR, number 1.</summary>
    public static readonly Rcode FormErr = new(1);

    /// <summary>SERVFAIL, number 2.</summary>
    public static readonly Rcode ServFail = new(2);

    /// <summary>NXDOMAIN, number 3.</summary>
    public static readonly Rcode NxDomain = new(3);

    /// <summary>NOTIMP, number 4.</summary>
    public static readonly Rcode NotImp = new(4);

    /// <summary>REFUSED, number 5.</summary>
    public static readonly Rcode Refused = new(5);

    /// <summary>YXDOMAIN, number 6.</summary>
    public static readonly Rcode YxDomain = new(6);

    /// <summary>YXRRSET, number 7.</summary>
    public static readonly Rcode YxRrset = new(7);

    /// <summary>NXRRSET, number 8.</summary>
    public static readonly Rcode NxRrset = new(8);

    /// <summary>NOTAUTH, number 9.</summary>
    public static readonly Rcode NotAuth = new(9);

    /// <summary>NOTZONE, number 10.</summary>
    public static readonly Rcode NotZone = new(10);

    /// <summary>BADVERS (RFC 6891), and BADSIG in the error field of a TSIG record (RFC 8945 §3): number 16.</summary>
    public static readonly Rcode BadVers = new(16);

    /// <summary>BADKEY, number 17.</summary>
    public static readonly Rcode BadKey = new(17);

    /// <summary>BADTIME, number 18.</summary>
    public static readonly Rcode BadTime = new(18);

    /// <summary>BADMODE, number 19.</summary>
    public static readonly Rcode BadMode = new(19);

    /// <summary>BADNAME, number 20.</summary>
    public static readonly Rcode BadName = new(20);

    /// <summary>BADALG, number 21.</summary>
    public static readonly Rcode BadAlg = new(21);

    /// <summary>BADTRUNC, number 22.</summary>
    public static readonly Rcode BadTrunc = new(22);

    /// <summary>BADCOOKIE, number 23.</summary>
    public static readonly Rcode BadCookie = new(23);

    /// <summary>BADSIG in the error field of a TSIG record (RFC 8945 §3); the number is shared with BADVERS.</summary>
    public static readonly Rcode BadSig = new(16);

    /// <inheritdoc/>
    public override string ToString() => Value switch
    {
        0 => "NOERROR",
        1 => "FORMERR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        4 => "NOTIMP",
        5 => "REFUSED",
        6 => "YXDOMAIN",
        7 => "YXRRSET",
        8 => "NXRRSET",
        9 => "NOTAUTH",
        10 => "NOTZONE",
        16 => "BADVERS",
        17 => "BADKEY",
        18 => "BADTIME",
        19 => "BADMODE",
        20 => "BADNAME",
        21 => "BADALG",
        22 => "BADTRUNC",
        23 => "BADCOOKIE",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"RCODE{Value}"),
    };
}

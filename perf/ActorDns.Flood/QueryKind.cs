namespace ActorDns.Flood;

/// <summary>What a list of queries asks for.</summary>
internal enum QueryKind
{
    /// <summary>Names and types that exist, spread evenly: A, and at some names AAAA, MX and TXT.</summary>
    Positive,

    /// <summary>Names that do not exist.</summary>
    Absent,

    /// <summary>Names below a delegation.</summary>
    Referral,

    /// <summary>Existing names of the signed zone with EDNS and DO.</summary>
    Signed,

    /// <summary>Absent names of the signed zone with EDNS and DO.</summary>
    SignedAbsent,
}

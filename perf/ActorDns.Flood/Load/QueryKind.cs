namespace ActorDns.Flood.Load;

/// <summary>What a list of queries asks for.</summary>
internal enum QueryKind
{
    /// <summary>Names and types that exist, spread evenly: A, and at some names AAAA, MX and TXT.</summary>
    Positive,

    /// <summary>The same by Zipf's law: the most popular name is asked for twice as often as the second.</summary>
    Zipf,

    /// <summary>As <see cref="Positive"/>, each query signed with TSIG.</summary>
    Keyed,

    /// <summary>Names that do not exist.</summary>
    Absent,

    /// <summary>Names below a delegation.</summary>
    Referral,

    /// <summary>Existing names of the signed zone with EDNS and DO.</summary>
    Signed,

    /// <summary>Absent names of the signed zone with EDNS and DO.</summary>
    SignedAbsent,
}

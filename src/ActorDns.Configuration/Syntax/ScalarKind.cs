namespace ActorDns.Configuration.Syntax;

/// <summary>What a scalar is, which decides how it prints.</summary>
public enum ScalarKind
{
    /// <summary>A bare word of a closed list, printed as written.</summary>
    Word,

    /// <summary>A name written bare or quoted, printed quoted.</summary>
    String,

    /// <summary>A string that must be quoted.</summary>
    QuotedString,

    /// <summary>An unsigned 32-bit number.</summary>
    Integer,

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    Boolean,

    /// <summary>Seconds, TTL style or ISO 8601.</summary>
    Duration,

    /// <summary>Octets, written with an optional k, m or g.</summary>
    Size,

    /// <summary>A whole number of percent.</summary>
    Percentage,

    /// <summary>A number with up to two decimals.</summary>
    FixedPoint,

    /// <summary>An address.</summary>
    Address,

    /// <summary>An address with prefix length.</summary>
    Prefix,
}

namespace ActorDns.Zones.Snapshots;

/// <summary>What became of a record that was added to a name or a zone.</summary>
public enum AddResult
{
    /// <summary>The record is there.</summary>
    Added,

    /// <summary>The same record was there already, and was dropped (RFC 2181 §5).</summary>
    Duplicate,

    /// <summary>The record is there with the TTL of its set's first record, which differs from its own (RFC 2181 §5.2).</summary>
    TtlAdjusted,

    /// <summary>The owner does not lie in the zone.</summary>
    OutOfZone,

    /// <summary>CNAME beside other data (RFC 2181 §10.1).</summary>
    CnameConflict,

    /// <summary>A second DNAME at one name (RFC 6672 §2.4).</summary>
    DnameConflict,

    /// <summary>A second, different record of a type that has one record only: SOA or CNAME.</summary>
    SingletonConflict,

    /// <summary>SOA below the apex.</summary>
    SoaNotAtApex,

    /// <summary>A type that no zone holds (RFC 6895 §3.1).</summary>
    MetaType,

    /// <summary>Rdata longer than 65,535 octets, or of a signature too short to say what it covers.</summary>
    BadRdata,

    /// <summary>The set has 65,535 records already.</summary>
    SetFull,
}

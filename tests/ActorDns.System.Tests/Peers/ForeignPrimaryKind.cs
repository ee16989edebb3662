namespace ActorDns.System.Tests.Peers;

/// <summary>Other vendors' servers that a test has as a primary.</summary>
public enum ForeignPrimaryKind
{
    /// <summary>Knot DNS.</summary>
    Knot,

    /// <summary>NSD.</summary>
    Nsd,

    /// <summary>PowerDNS with its SQLite backend.</summary>
    PowerDns,

    /// <summary>YADIFA, which signs every 99th message of a transfer only.</summary>
    Yadifa,
}

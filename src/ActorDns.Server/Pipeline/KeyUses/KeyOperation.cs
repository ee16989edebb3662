namespace ActorDns.Server.Pipeline.KeyUses;

/// <summary>What a verified request asked for.</summary>
public enum KeyOperation
{
    /// <summary>A query, be it for the SOA before a transfer.</summary>
    Query,

    /// <summary>AXFR or IXFR.</summary>
    Transfer,

    /// <summary>UPDATE.</summary>
    Update,

    /// <summary>NOTIFY.</summary>
    Notify,
}

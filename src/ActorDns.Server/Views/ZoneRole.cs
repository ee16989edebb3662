namespace ActorDns.Server.Views;

/// <summary>What this server is to a zone (RFC 9499 §6).</summary>
public enum ZoneRole
{
    /// <summary>The zone's content is made here.</summary>
    Primary,

    /// <summary>The zone's content is copied from a primary.</summary>
    Secondary,
}

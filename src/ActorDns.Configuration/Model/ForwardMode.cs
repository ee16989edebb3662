namespace ActorDns.Configuration.Model;

/// <summary>When forwarders are asked.</summary>
public enum ForwardMode
{
    /// <summary>Before the servers of the zone.</summary>
    First,

    /// <summary>Instead of the servers of the zone.</summary>
    Only,
}

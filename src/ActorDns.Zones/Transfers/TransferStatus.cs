namespace ActorDns.Zones.Transfers;

/// <summary>How far a transfer has come.</summary>
public enum TransferStatus
{
    /// <summary>Messages are still to come.</summary>
    More,

    /// <summary>It came whole, and every message of it is verified.</summary>
    Complete,

    /// <summary>It can come to nothing any more.</summary>
    Failed,
}

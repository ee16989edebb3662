namespace ActorDns.Testing.Databases;

/// <summary>Where a connection is cut.</summary>
public enum CommitCut
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>The client has sent COMMIT and the server never sees it.</summary>
    BeforeServer,

    /// <summary>The server has answered and the client never sees it.</summary>
    BeforeClient,
}

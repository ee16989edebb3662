namespace ActorDns.Storage.Contracts;

/// <summary>What a node is doing.</summary>
public enum MemberState
{
    /// <summary>It loads its zones.</summary>
    Starting,

    /// <summary>It serves.</summary>
    Serving,

    /// <summary>It finishes what is in flight and takes nothing new.</summary>
    Draining,

    /// <summary>It has ended in good order.</summary>
    Left,
}

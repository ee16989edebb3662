namespace ActorDns.Kernel;

/// <summary>One watch on an actor, whatever the watcher's messages are.</summary>
internal interface IDeathWatcher
{
    /// <summary>Is called once, on the thread of the actor that has ended.</summary>
    void OnDeath();
}

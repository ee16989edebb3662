namespace ActorDns.Kernel;

/// <summary>An ask could not be sent, because the mailbox is full or the actor is gone.</summary>
public sealed class AskRejectedException(string path) : InvalidOperationException($"{path} takes no messages now.")
{
    /// <summary>The actor that was to be asked.</summary>
    public string Path { get; } = path;
}

namespace ActorDns.Kernel;

/// <summary>No reply came within an ask's deadline.</summary>
public sealed class AskTimeoutException(string path, TimeSpan deadline)
    : TimeoutException($"{path} did not reply within {deadline.TotalMilliseconds:0} ms.")
{
    /// <summary>The actor that was asked.</summary>
    public string Path { get; } = path;
}

using ActorDns.Kernel;

namespace ActorDns.Server.Sockets;

/// <summary>What a TCP listener can be told.</summary>
public abstract record TcpListenerCommand
{
    private protected TcpListenerCommand()
    {
    }

    /// <summary>
    /// Takes no more connections, lets requests in flight finish, closes; what is left at the deadline is ended. The
    /// reply comes when all are gone and says how many had to be ended.
    /// </summary>
    /// <param name="Deadline">How long the connections may take.</param>
    /// <param name="Done">Where the reply goes.</param>
    public sealed record Drain(TimeSpan Deadline, ReplyTo<int> Done) : TcpListenerCommand;

    internal sealed record Accepted : TcpListenerCommand;

    internal sealed record Sweep : TcpListenerCommand;

    internal sealed record DrainExpired : TcpListenerCommand;

    internal sealed record Drained(ReplyTo<int> Done) : TcpListenerCommand;
}

using System.Net.Sockets;
using ActorDns.Kernel;

namespace ActorDns.Host.Control;

/// <summary>What the listener of a control channel can be told.</summary>
internal abstract record ControlListenerMessage
{
    private ControlListenerMessage()
    {
    }

    /// <summary>Takes other keys, rights and addresses for connections to come.</summary>
    internal sealed record Configure(ControlChannelSettings Settings, ReplyTo<bool> Done) : ControlListenerMessage;

    /// <summary>A connection has come.</summary>
    internal sealed record Accepted(Socket Connection) : ControlListenerMessage;

    /// <summary>Accepting has failed; it is tried again.</summary>
    internal sealed record AcceptFailed(Exception Reason) : ControlListenerMessage;

    /// <summary>It is time to accept again.</summary>
    internal sealed record Retry : ControlListenerMessage;

    /// <summary>A connection is over.</summary>
    internal sealed record Ended : ControlListenerMessage
    {
        internal static readonly Ended Instance = new();
    }
}

using ActorDns.Protocol.Security;

namespace ActorDns.Host.Control;

/// <summary>Who sent a command, for the journal.</summary>
/// <param name="Peer">Address and port.</param>
/// <param name="KeyName">Name of the key that signed it.</param>
internal sealed record ControlCaller(string Peer, string KeyName)
{
    /// <summary>The key that signed it; null when none did.</summary>
    public TsigKey? Key { get; init; }
}

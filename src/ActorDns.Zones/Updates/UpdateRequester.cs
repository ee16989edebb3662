using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Updates;

/// <summary>Who asks for an update and how, as far as permission depends on it.</summary>
/// <param name="Client">The peer's address.</param>
/// <param name="Transport">How the request arrived.</param>
/// <param name="Key">Name of the key whose signature was verified; null when unsigned.</param>
/// <param name="KeyAliases">
/// Wire names of the keys that <paramref name="Key"/> succeeds, one after the other; rules that name one of them mean this key.
/// </param>
public readonly record struct UpdateRequester(
    NetAddress Client, AccessTransports Transport, DomainName? Key = null, ReadOnlyMemory<byte> KeyAliases = default)
{
    /// <summary>True when the client's address is proven by a handshake.</summary>
    public bool IsStream => Transport is not (AccessTransports.None or AccessTransports.Udp);

    internal AccessSubject Subject() => new(Client)
    {
        Transport = Transport,
        KeyName = Key is { } key ? key.Wire : default,
        KeyAliases = KeyAliases.Span,
    };
}

namespace ActorDns.Zones.Access;

/// <summary>
/// Who asks and how, as far as access lists look at it. Lives on the stack of one request; the spans are borrowed.
/// </summary>
/// <param name="client">The address that lists are compared with: the peer's.</param>
public readonly ref struct AccessSubject(NetAddress client)
{
    /// <summary>The address that lists are compared with: the peer's.</summary>
    public NetAddress Client { get; init; } = client;

    /// <summary>Wire name of the key whose signature was verified (RFC 8945 §5.2); empty when the request is not signed.</summary>
    public ReadOnlySpan<byte> KeyName { get; init; }

    /// <summary>
    /// Further wire names under which the verified key is known, one after the other: those of the keys it succeeds. Lists that name any
    /// of
    /// them mean this key. Empty when there is none.
    /// </summary>
    public ReadOnlySpan<byte> KeyAliases { get; init; }

    /// <summary>The address of ours that the request was sent to.</summary>
    public NetAddress LocalAddress { get; init; }

    /// <summary>The port of ours that the request was sent to.</summary>
    public ushort LocalPort { get; init; }

    /// <summary>How the request arrived.</summary>
    public AccessTransports Transport { get; init; } = AccessTransports.Udp;

    /// <summary>
    /// The same request seen from the address it was sent to, for lists that restrict our side (<c>match-destinations</c>,
    /// <c>allow-query-on</c>).
    /// </summary>
    public AccessSubject AsDestination() => new(LocalAddress)
    {
        KeyName = KeyName,
        KeyAliases = KeyAliases,
        LocalAddress = LocalAddress,
        LocalPort = LocalPort,
        Transport = Transport,
    };
}

using System.Globalization;

namespace ActorDns.Zones.Access;

/// <summary>An address and a port; prints as BIND does, <c>192.0.2.1#53</c>.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The UDP or TCP port.</param>
public readonly record struct NetEndpoint(NetAddress Address, ushort Port)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}#{Port}");
}

using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;
using ActorDns.Zones.Transfers;

namespace ActorDns.Actors.Zones;

/// <summary>A complete and verified transfer for a zone's writer, which owns its content from then on.</summary>
/// <param name="Zone">What came.</param>
/// <param name="Primary">Where from.</param>
/// <param name="Key">Name of the key that signed it; null when unsigned.</param>
/// <param name="Answer">Gets the outcome.</param>
public sealed record IncomingTransfer(
    TransferredZone Zone, NetEndpoint Primary, DomainName? Key, ReplyTo<TransferInstallation> Answer);

using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;

namespace ActorDns.Host.Control;

/// <summary>One control channel as configured.</summary>
/// <param name="Endpoint">Where it listens.</param>
/// <param name="Allow">Which addresses may connect; keys in the list match nothing.</param>
/// <param name="Keys">The keys that requests may be signed with, tried in turn.</param>
/// <param name="IsReadOnly">True when only commands that change nothing are run.</param>
internal sealed record ControlChannelSettings(NetEndpoint Endpoint, MatchList Allow, IReadOnlyList<TsigKey> Keys, bool IsReadOnly);

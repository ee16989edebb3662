using System.Collections.Immutable;
using ActorDns.Actors.Journal;
using ActorDns.Protocol.Security;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Keys;

/// <summary>What the key registry works with.</summary>
/// <param name="Opened">Where keys are kept.</param>
/// <param name="Node">This node's name.</param>
/// <param name="Sealer">Where the cluster secret comes from.</param>
/// <param name="LiveNodes">Names of the nodes that answer queries now.</param>
/// <param name="Configured">The keys of the configuration.</param>
/// <param name="Publish">Takes the keys that this node verifies and signs with from now on.</param>
/// <param name="TakeUses">Gives the uses of keys since it was asked last.</param>
/// <param name="ManagesCookies">True when the secret of server cookies is the registry's business.</param>
/// <param name="Log">Category <c>security</c>.</param>
public sealed record KeyRegistryServices(
    OpenedStore Opened,
    string Node,
    SealerSource Sealer,
    Func<CancellationToken, ValueTask<IReadOnlyList<string>>> LiveNodes,
    Func<IReadOnlyList<TsigKey>> Configured,
    Action<ImmutableArray<RegisteredKey>> Publish,
    Func<IReadOnlyList<KeyUse>> TakeUses,
    Func<bool> ManagesCookies,
    ILogger Log)
{
    /// <summary>Where the node keeps what the registry told it last, for a start without the store; null keeps nothing.</summary>
    public KeptKeysFile? Kept { get; init; }
}

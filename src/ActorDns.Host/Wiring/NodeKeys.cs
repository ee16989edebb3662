using System.Collections.Immutable;
using ActorDns.Actors.Keys;
using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Server.Pipeline;
using ActorDns.Server.Pipeline.KeyUses;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;
using Microsoft.Extensions.Logging;

namespace ActorDns.Host.Wiring;

/// <summary>
/// The node's part of the key registry: starts it over the node's store, publishes what it says, and tells it who uses keys.
/// </summary>
internal sealed class NodeKeys
{
    private static readonly TimeSpan AskDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(5);

    /// <summary>A node that has not been seen for so long serves nobody.</summary>
    private static readonly TimeSpan NodeAliveFor = TimeSpan.FromSeconds(30);

    private readonly ServingPublisher _publisher;
    private readonly Func<IReadOnlyList<RequestCounters>> _workers;
    private ActorRef<KeyCommand>? _registry;
    private ImmutableHashSet<DomainName> _lines = [];

    /// <summary>Nothing is started yet.</summary>
    /// <param name="publisher">Publishes what requests are verified with.</param>
    /// <param name="workers">Those that verify requests.</param>
    /// <param name="clock">Tells when keys are used.</param>
    public NodeKeys(ServingPublisher publisher, Func<IReadOnlyList<RequestCounters>> workers, TimeProvider clock)
    {
        _publisher = publisher;
        _workers = workers;
        Outbound = new OutboundKeys(clock);
    }

    /// <summary>Chooses the keys of what this node sends.</summary>
    public OutboundKeys Outbound { get; }

    /// <summary>Called when there are keys that were not there before: the configuration may name them.</summary>
    public Action? HasNewKeys { get; set; }

    /// <summary>Starts the registry, and waits a moment for the keys that there are.</summary>
    public async Task StartAsync(
        ActorSystem system, NodeJournal journal, NodeSettings settings, ClusterSecretFile secret, string keptFile, ILogger log)
    {
        string node = settings.Node;
        _registry = system.Spawn("keys", KeyRegistry.CreateProps(new KeyRegistryServices(
            journal.Services.Opened,
            node,
            secret.Read,
            ct => LiveNodesAsync(journal.Services.Opened.Store, node, ct),
            () => _publisher.ConfiguredKeys,
            Publish,
            () => TakeUses(node),
            () => _publisher.ManagesCookies,
            log)
        {
            Kept = new KeptKeysFile(keptFile),
        }));
        system.Spawn("key-prober", () => new KeyProber(Outbound, log));
        await _registry.TryAskAsync<KeyAnswer>(reply => new KeyCommand.Run(new KeyRequest.List(), reply), StartDeadline);
    }

    /// <summary>Keys have changed in the store, or the configuration was read again.</summary>
    public void Changed() => _registry?.Tell(new KeyCommand.Changed());

    /// <summary>Asks the registry.</summary>
    public async Task<KeyAnswer> AskAsync(KeyRequest request, CancellationToken ct = default)
    {
        if (_registry is null)
            return new KeyAnswer(false, "this node has no store, and so no key registry");
        AskResult<KeyAnswer> asked = await _registry.TryAskAsync<KeyAnswer>(reply => new KeyCommand.Run(request, reply), AskDeadline, ct);
        return asked.TryGetReply(out KeyAnswer? answer) ? answer : new KeyAnswer(false, "the key registry did not answer in time");
    }

    /// <summary>
    /// The nodes that answer queries: this one, and with a shared store those that say so. None when that cannot be told.
    /// </summary>
    private static async ValueTask<IReadOnlyList<string>> LiveNodesAsync(IJournalStore store, string node, CancellationToken ct)
    {
        if (store.Cluster is not { } cluster)
            return [node];
        StoreResult<ClusterView> read = await cluster.Members.ReadAsync(ct);
        return read.IsDone ? [.. read.Value.Alive(NodeAliveFor).Select(member => member.Report.Node).Append(node).Distinct()] : [];
    }

    private void Publish(ImmutableArray<RegisteredKey> keys)
    {
        _publisher.Registered = keys;
        Outbound.Update(KeyRingBuilder.Build([], keys));
        ImmutableHashSet<DomainName> lines = [.. keys.Where(key => key is { Kind: KeyKind.Tsig, IsLive: true }).Select(key => key.Line)];
        bool hasNew = !lines.IsSubsetOf(_lines);
        _lines = lines;
        if (hasNew)
            HasNewKeys?.Invoke();
    }

    private List<KeyUse> TakeUses(string node)
    {
        List<KeyUse> uses = [.. Outbound.TakeUses(node)];
        ImmutableArray<RegisteredKey> registered = _publisher.Registered;
        foreach (RequestCounters worker in _workers())
        {
            worker.KeyUses.Collect(seen =>
            {
                RegisteredKey? known = registered.FirstOrDefault(
                    key => key.IsLive && key.Name == seen.Key.Name && seen.Key.Secret.Equals(key.Secret));
                if (known is not null)
                    uses.Add(Describe(seen, known, node));
            });
        }

        return uses;
    }

    private static KeyUse Describe(SeenKey seen, RegisteredKey key, string node) => new(
        key.Line,
        key.Generation,
        seen.Peer?.ToString() ?? "*",
        node,
        seen.Operation switch
        {
            KeyOperation.Transfer => "transfer",
            KeyOperation.Update => "update",
            KeyOperation.Notify => "notify",
            _ => "query",
        },
        DateTimeOffset.FromUnixTimeSeconds(seen.LastUnixSeconds),
        seen.Count);
}

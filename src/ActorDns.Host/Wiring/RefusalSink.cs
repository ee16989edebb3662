using ActorDns.Actors.Journal;
using ActorDns.Server.Ports;
using ActorDns.Storage.Contracts;

namespace ActorDns.Host.Wiring;

/// <summary>Leads from the listeners to the node's log of refusals, once there is one.</summary>
internal sealed class RefusalSink : IRefusalSink
{
    private volatile RefusalLog? _log;
    private string _node = "";

    /// <inheritdoc/>
    public bool TakesQueries { get; private set; }

    /// <summary>Begins to keep refusals.</summary>
    public void Start(RefusalLog log, NodeSettings settings)
    {
        _node = settings.Node;
        TakesQueries = settings.KeepsRefusedQueries;
        _log = log;
    }

    /// <inheritdoc/>
    public bool TryReserve() => _log?.TryReserve() ?? false;

    /// <inheritdoc/>
    public void Add(RefusedRequest refusal)
    {
        RefusalLog log = _log!;
        log.Add(
            new Refusal
            {
                Time = log.Now,
                Node = _node,
                Operation = refusal.Operation,
                Zone = refusal.Zone,
                Peer = refusal.Client.ToString(),
                KeyName = refusal.KeyName,
                Answer = refusal.Answer,
                Rule = refusal.Rule,
            },
            refusal.Update);
    }
}

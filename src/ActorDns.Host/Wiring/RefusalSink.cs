using ActorDns.Actors.Journal;
using ActorDns.Host.Control;
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
    public void Add(RefusedRequest refusal) => Add(refusal, "");

    /// <summary>Keeps what the control channel refused, unless there is no place.</summary>
    /// <param name="refused">Who, by which rule, and with which answer.</param>
    public void AddControl(ControlRefusal refused)
    {
        if (!TryReserve())
            return;
        RefusedRequest refusal = new("control", "", refused.Peer, refused.KeyName, refused.Answer, refused.Rule, default);
        Add(refusal, refused.Line);
    }

    private void Add(RefusedRequest refusal, string content)
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
                Content = content,
            },
            refusal.Update);
    }
}

using ActorDns.Kernel;
using ActorDns.Zones.Access;
using Microsoft.Extensions.Logging;

namespace ActorDns.Actors.Transfers;

/// <summary>Parent of all sessions that fetch zones: starts them in the order asked, as far as the quotas allow.</summary>
/// <param name="settings">The quotas at first.</param>
/// <param name="loggers">Makes the loggers of categories.</param>
/// <param name="metrics">Where transfers are counted; null where nobody counts.</param>
public sealed class InboundManager(InboundSettings settings, ILoggerFactory loggers, ActorsMetrics? metrics = null) : Actor<InboundCommand>
{
    private readonly LinkedList<InboundCommand.Fetch> _waiting = new();
    private readonly Dictionary<long, NetAddress> _running = [];
    private InboundSettings _settings = settings;
    private long _lastSession;

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(InboundCommand message, ActorContext<InboundCommand> ctx)
    {
        switch (message)
        {
            case InboundCommand.Fetch fetch:
                _waiting.AddLast(fetch);
                break;
            case InboundCommand.Configure configure:
                _settings = configure.Settings;
                break;
            case InboundCommand.Count count:
                count.Answer.Reply((_running.Count, _waiting.Count));
                break;
            case InboundCommand.Ended ended:
                _running.Remove(ended.Session);
                break;
        }

        StartWaiting(ctx);
        return ValueTask.CompletedTask;
    }

    private void StartWaiting(ActorContext<InboundCommand> ctx)
    {
        LinkedListNode<InboundCommand.Fetch>? next = _waiting.First;
        while (next is not null && _running.Count < _settings.MaxTransfers)
        {
            LinkedListNode<InboundCommand.Fetch> node = next;
            next = node.Next;
            Primary primary = node.Value.Transfer.Primary;
            int running = _running.Values.Count(address => address == primary.Endpoint.Address);
            if (running >= (primary.MaxTransfers ?? _settings.MaxPerPrimary))
                continue;
            _waiting.Remove(node);
            Start(node.Value, ctx);
        }
    }

    private void Start(InboundCommand.Fetch fetch, ActorContext<InboundCommand> ctx)
    {
        long number = ++_lastSession;
        ActorRef<InboundSessionCommand> session = ctx.Spawn(null, new Props<InboundSessionCommand>(
            () => new InboundSession(fetch, ctx.Clock, loggers.CreateLogger("xfer-in"), metrics))
        {
            MailboxCapacityMessages = 1,
            Supervision = SupervisorStrategy.AlwaysStop,
        });
        _running[number] = fetch.Transfer.Primary.Endpoint.Address;
        ctx.Watch(session, _ => new InboundCommand.Ended(number));
        session.Tell(InboundSessionCommand.Begin.Instance);
    }
}

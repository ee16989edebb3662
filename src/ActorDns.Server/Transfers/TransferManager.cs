using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Server.Ports;

namespace ActorDns.Server.Transfers;

/// <summary>
/// Parent of all outgoing transfer sessions: admits up to the quota, lists and cancels. Only requests that have passed TSIG and ACL come
/// here, so that strangers cannot use the quota up.
/// </summary>
public sealed class TransferManager(TransferSettings settings, IChangeHistory? history, TransferLog log) : Actor<TransferCommand>
{
    private readonly Dictionary<long, (ActorRef<SessionCommand> Session, TransferInfo Info)> _sessions = [];
    private TransferSettings _settings = settings;
    private long _lastSession;

    /// <inheritdoc/>
    protected override ValueTask ReceiveAsync(TransferCommand message, ActorContext<TransferCommand> ctx)
    {
        switch (message)
        {
            case TransferCommand.Begin begin:
                Begin(begin, ctx);
                break;
            case TransferCommand.List list:
                list.Reply.Reply([.. _sessions.Values.Select(entry => entry.Info)]);
                break;
            case TransferCommand.Cancel cancel when _sessions.TryGetValue(cancel.Session, out var entry):
                entry.Session.Tell(new SessionCommand.Cancel());
                break;
            case TransferCommand.Configure configure:
                _settings = configure.Settings;
                break;
            case TransferCommand.SessionEnded ended:
                _sessions.Remove(ended.Session);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void Begin(TransferCommand.Begin begin, ActorContext<TransferCommand> ctx)
    {
        if (_sessions.Count >= _settings.MaxSessions)
        {
            log.QuotaReached(begin.Request, _settings.MaxSessions);
            begin.Request.Dispose();
            begin.Accepted.Reply(false);
            return;
        }

        long number = ++_lastSession;
        TransferSettings current = _settings;
        ActorRef<SessionCommand> session = ctx.Spawn(null, new Props<SessionCommand>(
            () => new TransferSession(begin.Request, begin.Ended, current, history, ctx.Clock, log))
        {
            MailboxCapacityMessages = 8,
            Supervision = SupervisorStrategy.AlwaysStop,
        });
        ctx.Watch(session, _ => new TransferCommand.SessionEnded(number));
        string key = begin.Request.IsSigned
            ? NameText.ToText(begin.Request.Tsig.KeyName, keepFinalDot: false)
            : "";
        _sessions[number] = (session, new TransferInfo(
            number,
            begin.Request.Zone.LogName,
            begin.Request.Client,
            key,
            begin.Request.Lease.Snapshot.Serial.Value,
            ctx.Clock.GetUtcNow()));
        begin.Accepted.Reply(true);
    }
}

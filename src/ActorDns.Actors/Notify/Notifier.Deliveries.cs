using System.Net.Sockets;
using ActorDns.Actors.Transfers;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Protocol.Security;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Notify;

/// <content>
/// One server told of one serial: copies by UDP with growing waits between them, then once by TCP, until there is a reply.
/// A serial that becomes newer meanwhile takes the place of the one that was told, but does not start the waits again.
/// </content>
public sealed partial class Notifier
{
    private const int MaxInFlight = 4_096;
    private const int MaxStreams = 16;
    private const int MaxDatagrams = 5;
    private const int MaxIdDraws = 16;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StreamBound = TimeSpan.FromSeconds(15);
    private readonly Dictionary<(NetEndpoint Source, NetEndpoint? Server), NotifySocket> _sockets = [];
    private readonly Queue<NotifyDelivery> _streamsWaiting = new();
    private int _inFlight;
    private int _streams;

    private void Send(NotifyDelivery delivery)
    {
        delivery.IsQueued = false;
        if (delivery.Zone.IsGone)
            return;
        if (delivery.Phase is NotifyPhase.AwaitingStream or NotifyPhase.Streaming)
        {
            delivery.IsOvertaken = true;
            return;
        }

        bool isNew = delivery.Phase == NotifyPhase.Idle;
        if (isNew)
        {
            delivery.Attempts = 0;
            delivery.Hint = null;
        }

        if (!TryWrite(delivery))
            return;
        if (isNew)
            _inFlight++;
        if (delivery.Target.IsStreamOnly)
        {
            WaitForStream(delivery);
            return;
        }

        delivery.Phase = NotifyPhase.Awaiting;
        if (delivery.Socket is null)
            End(delivery, delivery.Hint!);
        else if (isNew)
            SendCopy(delivery);
        else
            SendNow(delivery); // The next copy comes when it would have come anyway.
    }

    /// <summary>Writes the message under a new ID; false when the zone serves nothing.</summary>
    private bool TryWrite(NotifyDelivery delivery)
    {
        using SnapshotLease? lease = _services.Leases.Acquire(() => delivery.Zone.Settings.Zone.Current, "notify");
        if (lease is null)
        {
            Rest(delivery);
            return false;
        }

        delivery.Socket?.Forget(delivery.Target.Endpoint, delivery.Id); // It stays open: the same server is told.
        delivery.Id = _services.NextId();
        if (!delivery.Target.IsStreamOnly)
        {
            delivery.Socket = SocketFor(delivery);
            for (int i = 0; i < MaxIdDraws && delivery.Socket?.TryAwait(delivery.Target.Endpoint, delivery.Id, delivery) == false; i++)
                delivery.Id = _services.NextId();
        }

        delivery.Serial = lease.Snapshot.Serial;
        TsigKey? key = KeyFor(delivery.Target, lease.Snapshot.Origin);
        delivery.Message = NotifyMessage.Write(lease.Snapshot, delivery.Id, key, UnixNow(), out delivery.Tsig);
        return true;
    }

    private TsigKey? KeyFor(NotifyTarget target, DomainName zone)
    {
        if (_services.Keys is not { } keys || target.Key is null)
            return target.Key;
        Primary peer = new(target.Endpoint) { Key = target.Key, TcpOnly = target.IsStreamOnly, Tls = target.Tls };
        return keys.For(peer, zone, "notify-out").Key;
    }

    private void SendCopy(NotifyDelivery delivery)
    {
        delivery.Attempts++;
        SendNow(delivery);
        _schedule.Set(delivery, _now + (FirstWait * (1 << (delivery.Attempts - 1))));
    }

    private void SendNow(NotifyDelivery delivery)
    {
        NotifyTarget target = delivery.Target;
        Log.SendingNotify(_services.Log, delivery.Zone.Settings.LogName, target.ToString(), delivery.Serial.Value, HowOf(delivery));
        delivery.Hint = delivery.Socket!.Send(delivery.Message, target.Endpoint) ?? delivery.Hint;
    }

    /// <summary>No reply in time: the next copy, or TCP when there were enough.</summary>
    private void Expired(NotifyDelivery delivery)
    {
        if (delivery.Attempts < MaxDatagrams)
        {
            SendCopy(delivery);
            return;
        }

        Log.NotifyRetriedOverTcp(
            _services.Log, delivery.Zone.Settings.LogName, delivery.Target.ToString(), delivery.Hint ?? "timed out");
        WaitForStream(delivery);
    }

    /// <summary>Nobody listens there: no more copies (RFC 1996 §3.6).</summary>
    private void Unreachable(NotifyCommand.Unreachable unreachable)
    {
        foreach (NotifyDelivery delivery in unreachable.Socket.Awaited.ToList())
            End(delivery, unreachable.Problem);
    }

    private void Received(NotifyCommand.Received received)
    {
        NotifyDelivery delivery = received.Delivery;
        if (delivery.Phase == NotifyPhase.Awaiting && delivery.Id == received.Id)
            Judge(delivery, received.Message);
    }

    private void Judge(NotifyDelivery delivery, byte[] message)
    {
        NotifyReply reply = NotifyReply.Judge(message, delivery.Zone.Settings.Zone.Origin, in delivery.Tsig, UnixNow());
        if (reply.IsFinal && reply.Problem is null && reply.Rcode == Rcode.NoError)
        {
            Log.NotifyAcknowledged(
                _services.Log, delivery.Zone.Settings.LogName, delivery.Target.ToString(), "NOERROR", delivery.Serial.Value);
            _services.Metrics?.Notified(NotifyOutcome.Acknowledged);
            delivery.Acknowledged = delivery.Serial;
            delivery.AcknowledgedAt = _ctx.Clock.GetUtcNow();
            delivery.Failures = 0;
            delivery.Problem = null;
            Rest(delivery);
        }
        else if (reply.IsFinal)
        {
            string says = reply.Problem is { } problem ? $"{reply.Rcode} ({problem})" : reply.Rcode.ToString();
            Log.NotifyRefused(_services.Log, delivery.Zone.Settings.LogName, delivery.Target.ToString(), says);
            _services.Metrics?.Notified(NotifyOutcome.Refused);
            delivery.Failures++;
            delivery.Problem = says;
            Rest(delivery);
        }
        else if (reply.Problem is { } hint && hint != delivery.Hint)
        {
            Log.NotifyProblem(_services.Log, delivery.Zone.Settings.LogName, delivery.Target.ToString(), hint);
            delivery.Hint = hint;
        }
    }

    private void WaitForStream(NotifyDelivery delivery)
    {
        ForgetId(delivery);
        _schedule.Cancel(delivery);
        delivery.Phase = NotifyPhase.AwaitingStream;
        _streamsWaiting.Enqueue(delivery);
    }

    private void StartStreams()
    {
        while (_streams < MaxStreams && _streamsWaiting.TryDequeue(out NotifyDelivery? delivery))
        {
            if (delivery.Phase != NotifyPhase.AwaitingStream)
                continue; // Its zone has gone.
            delivery.Phase = NotifyPhase.Streaming;
            _streams++;
            NotifyTarget target = delivery.Target;
            ushort id = delivery.Id;
            Log.SendingNotify(_services.Log, delivery.Zone.Settings.LogName, target.ToString(), delivery.Serial.Value, HowOf(delivery));
            _ctx.PipeToSelf(
                NotifyStream.AskAsync(target, delivery.Message, StreamBound, _ctx.Clock, _ctx.Stopping),
                reply => new NotifyCommand.StreamEnded(delivery, id, reply, ""),
                failure => new NotifyCommand.StreamEnded(delivery, id, null, Words(failure)));
        }
    }

    private void StreamEnded(NotifyCommand.StreamEnded ended)
    {
        _streams = Math.Max(0, _streams - 1); // One that began before a restart is not counted.
        NotifyDelivery delivery = ended.Delivery;
        if (delivery.Phase != NotifyPhase.Streaming || delivery.Id != ended.Id)
            return;
        if (ended.Message is { } message && message.Length > 1 && Protocol.Messages.MessageHeader.Id(message) == delivery.Id)
            Judge(delivery, message);
        if (delivery.Phase == NotifyPhase.Streaming)
            End(delivery, ended.Message is null ? ended.Problem : delivery.Hint ?? "the reply does not fit the request");
        if (!delivery.IsOvertaken || delivery.Zone.IsGone)
            return;
        delivery.IsOvertaken = false;
        Enqueue(delivery.Zone, delivery.Target, _normal);
    }

    /// <summary>Nobody answered: the server finds the change by its own refresh.</summary>
    private void End(NotifyDelivery delivery, string problem)
    {
        Log.NotifyFailed(_services.Log, delivery.Zone.Settings.LogName, delivery.Target.ToString(), problem);
        _services.Metrics?.Notified(NotifyOutcome.Unanswered);
        delivery.Failures++;
        delivery.Problem = problem;
        Rest(delivery);
    }

    private void Rest(NotifyDelivery delivery)
    {
        ForgetId(delivery);
        _schedule.Cancel(delivery);
        if (delivery.Phase != NotifyPhase.Idle)
            _inFlight--;
        delivery.Phase = NotifyPhase.Idle;
        delivery.Message = [];
        delivery.Tsig = default;
    }

    private void ForgetId(NotifyDelivery delivery)
    {
        if (delivery.Socket is not { } socket)
            return;
        socket.Forget(delivery.Target.Endpoint, delivery.Id);
        delivery.Socket = null;
        if (socket is { IsConnected: true, IsIdle: true } && _sockets.Remove(SocketKey(delivery.Target)))
            socket.Dispose();
    }

    private static (NetEndpoint Source, NetEndpoint? Server) SocketKey(NotifyTarget target) =>
        (target.Source, target.Source.Port == 0 ? target.Endpoint : null);

    private NotifySocket? SocketFor(NotifyDelivery delivery)
    {
        (NetEndpoint Source, NetEndpoint? Server) key = SocketKey(delivery.Target);
        if (_sockets.TryGetValue(key, out NotifySocket? open) && !open.IsEnded)
            return open;
        open?.Dispose();
        try
        {
            return _sockets[key] = Open(key.Source, key.Server);
        }
        catch (SocketException failure)
        {
            delivery.Hint = $"notify-source {key.Source.Address}: {failure.Message}";
            return null;
        }
    }

    private NotifySocket Open(NetEndpoint source, NetEndpoint? server)
    {
        try
        {
            return NotifySocket.Open(source, server, _ctx.Self);
        }
        catch (SocketException failure) when (source.Port != 0)
        {
            Log.NotifySourcePortTaken(_services.Log, source.ToString(), failure.Message);
            return NotifySocket.Open(source with { Port = 0 }, server, _ctx.Self);
        }
    }

    // The next send opens what is needed; what waits for a reply keeps its socket.
    private void CloseUnusedSockets()
    {
        HashSet<NotifySocket?> inUse = [.. _memory.Zones.Values
            .SelectMany(static zone => zone.Deliveries.Values)
            .Select(static delivery => delivery.Socket)];
        foreach (((NetEndpoint, NetEndpoint?) key, NotifySocket socket) in _sockets.Where(pair => !inUse.Contains(pair.Value)).ToList())
        {
            socket.Dispose();
            _sockets.Remove(key);
        }
    }

    private long UnixNow() => _ctx.Clock.GetUtcNow().ToUnixTimeSeconds();

    private static string HowOf(NotifyDelivery delivery)
    {
        string transport = delivery.Phase != NotifyPhase.Streaming ? $"UDP, copy {delivery.Attempts}"
            : delivery.Target.Tls is { } tls ? tls.LogText : "TCP";
        return delivery.Tsig.Key is { } key ? $"{transport}, TSIG {key.Name.ToLogString()}" : transport;
    }

    private static string Words(Exception failure) =>
        failure is OperationCanceledException ? "timed out" : failure.Message;
}

using ActorDns.Protocol.Records;
using ActorDns.Protocol.Security;

namespace ActorDns.Actors.Notify;

/// <summary>One server of one zone: what it is being told, and what is known of it. Belongs to the notifier.</summary>
internal sealed class NotifyDelivery(NotifyZone zone, NotifyTarget target) : Scheduled
{
    /// <summary>What the reply is checked with when the message was signed.</summary>
    public TsigContext Tsig;

    public NotifyZone Zone { get; } = zone;

    public NotifyTarget Target { get; set; } = target;

    public NotifyPhase Phase { get; set; }

    /// <summary>True while it waits for its turn to be sent.</summary>
    public bool IsQueued { get; set; }

    /// <summary>True when the serial became newer while a TCP exchange was under way.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>The round in which the server was a target last.</summary>
    public int Round { get; set; }

    /// <summary>Copies sent by UDP.</summary>
    public int Attempts { get; set; }

    public ushort Id { get; set; }

    public byte[] Message { get; set; } = [];

    /// <summary>The serial in <see cref="Message"/>.</summary>
    public Serial Serial { get; set; }

    public NotifySocket? Socket { get; set; }

    public Serial? Acknowledged { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public int Failures { get; set; }

    /// <summary>How the last delivery failed; null when it did not.</summary>
    public string? Problem { get; set; }

    /// <summary>What has gone wrong so far with the delivery that is under way.</summary>
    public string? Hint { get; set; }

    public NotifyStatus Status => new(
        Zone.Settings.LogName,
        Target.Endpoint,
        Target.Key?.Name.ToLogString(),
        Phase == NotifyPhase.Idle ? null : Serial,
        Acknowledged,
        AcknowledgedAt,
        Failures,
        Problem);
}

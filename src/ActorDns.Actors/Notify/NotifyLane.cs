namespace ActorDns.Actors.Notify;

/// <summary>A line of zones and sends under one rate. Zones are worked out one by one, when their turn to send has come.</summary>
internal sealed class NotifyLane
{
    public SendRate Rate { get; set; } = new(1);

    public Queue<NotifyZone> Zones { get; } = new();

    public Queue<NotifyDelivery> Sends { get; } = new();

    public bool IsEmpty => Zones.Count == 0 && Sends.Count == 0;
}

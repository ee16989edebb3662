using ActorDns.Kernel;
using ActorDns.Protocol.Names;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Actors.Notify;

/// <summary>What the notifier can be told.</summary>
public abstract record NotifyCommand
{
    private NotifyCommand()
    {
    }

    /// <summary>Takes the configuration. No round begins before the next <see cref="Open"/>: zones are about to be loaded.</summary>
    public sealed record Configure(NotifierSettings Settings) : NotifyCommand;

    /// <summary>The zones are loaded: rounds may begin.</summary>
    public sealed record Open : NotifyCommand;

    /// <summary>A zone serves a new serial; which, is read when its round begins.</summary>
    public sealed record Changed(PublishedZone Zone) : NotifyCommand;

    /// <summary>Begins a round for a zone now; the reply is false when the zone is not known.</summary>
    public sealed record Now(PublishedZone Zone, ReplyTo<bool> Done) : NotifyCommand;

    /// <summary>Asks how the servers of a zone stand, or of all zones.</summary>
    public sealed record List(PublishedZone? Zone, ReplyTo<IReadOnlyList<NotifyStatus>> Reply) : NotifyCommand;

    /// <summary>A datagram from a server that owes a reply with this ID.</summary>
    internal sealed record Received(NotifyDelivery Delivery, ushort Id, byte[] Message) : NotifyCommand;

    /// <summary>A TCP exchange is over.</summary>
    internal sealed record StreamEnded(NotifyDelivery Delivery, ushort Id, byte[]? Message, string Problem) : NotifyCommand;

    /// <summary>The system has resolved a name, or not.</summary>
    internal sealed record Resolved(DomainName Name, IReadOnlyList<NetAddress> Addresses) : NotifyCommand;

    /// <summary>Something is due.</summary>
    internal sealed record Tick : NotifyCommand
    {
        internal static readonly Tick Instance = new();
    }
}

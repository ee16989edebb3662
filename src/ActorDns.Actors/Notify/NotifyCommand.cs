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

    /// <summary>Takes the configuration of one zone, which is new or has changed; that of the others stays.</summary>
    public sealed record ConfigureZone(DomainName Name, ZoneNotifySettings Settings) : NotifyCommand;

    /// <summary>Tells nobody about a zone any more: it is served no longer, or another has taken its place.</summary>
    public sealed record ForgetZone(string View, DomainName Name, PublishedZone Zone) : NotifyCommand;

    /// <summary>The zones are loaded: rounds may begin.</summary>
    public sealed record Open : NotifyCommand;

    /// <summary>A zone serves a new serial; which, is read when its round begins.</summary>
    public sealed record Changed(PublishedZone Zone) : NotifyCommand;

    /// <summary>Begins a round for a zone now; the reply is false when the zone is not known.</summary>
    public sealed record Now(PublishedZone Zone, ReplyTo<bool> Done) : NotifyCommand;

    /// <summary>Asks how the servers of a zone stand, or of all zones.</summary>
    public sealed record List(PublishedZone? Zone, ReplyTo<IReadOnlyList<NotifyStatus>> Reply) : NotifyCommand;

    /// <summary>Asks whom a round would tell now; names that are still looked up are missing and are said to be.</summary>
    public sealed record Targets(PublishedZone Zone, ReplyTo<NotifyTargets> Reply) : NotifyCommand;

    /// <summary>A datagram from a server that owes a reply with this ID.</summary>
    internal sealed record Received(NotifyDelivery Delivery, ushort Id, byte[] Message) : NotifyCommand;

    /// <summary>ICMP says that nobody listens where a socket is connected to.</summary>
    internal sealed record Unreachable(NotifySocket Socket, string Problem) : NotifyCommand;

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

using ActorDns.Actors.Zones;
using ActorDns.Kernel;
using ActorDns.Protocol.Records;
using ActorDns.Zones.Access;

namespace ActorDns.Actors.Maintenance;

/// <summary>What the refresher of a zone can be told.</summary>
public abstract record RefreshCommand
{
    private RefreshCommand()
    {
    }

    /// <summary>Takes the configuration, at first and after each reload of it.</summary>
    public sealed record Configure(RefreshSettings Settings) : RefreshCommand;

    /// <summary>
    /// Starts, or with a reload goes on: what there was is served, then the primaries are asked. As long as the store cannot be read
    /// neither is done, and the store is tried again.
    /// </summary>
    /// <param name="Restore">Asks the zone's writer to serve what there was.</param>
    /// <param name="Done">Gets what came of it the first time.</param>
    public sealed record Start(
        Func<ReplyTo<SecondaryContent>, ZoneCommand.Restore> Restore, ReplyTo<SecondaryContent> Done) : RefreshCommand;

    /// <summary>A NOTIFY came that may be believed (RFC 1996 §3.11).</summary>
    /// <param name="Sender">Who sent it.</param>
    /// <param name="Hint">The serial in it, which may end the matter but never starts a transfer (§3.7).</param>
    public sealed record Notified(NetEndpoint Sender, Serial? Hint) : RefreshCommand;

    /// <summary>Asks the primaries now (<c>rndc refresh</c>).</summary>
    public sealed record Refresh : RefreshCommand;

    /// <summary>Fetches the whole zone whatever its serial (<c>rndc retransfer</c>).</summary>
    public sealed record Retransfer : RefreshCommand;

    /// <summary>Passes an UPDATE on to a primary, its bytes untouched (RFC 2136 §6).</summary>
    /// <param name="Message">The message.</param>
    /// <param name="LogPrefix">How log lines about the client begin.</param>
    /// <param name="Answer">Gets the primary's reply; empty when there is none.</param>
    public sealed record Forward(ReadOnlyMemory<byte> Message, string LogPrefix, ReplyTo<byte[]> Answer) : RefreshCommand;

    /// <summary>How the zone stands.</summary>
    public sealed record Status(ReplyTo<RefreshStatus> Answer) : RefreshCommand;

    /// <summary>This node has become the one that keeps the zone new, or is it no more.</summary>
    internal sealed record StewardChanged(bool IsSteward) : RefreshCommand;

    /// <summary>A change came from the node that keeps the zone new.</summary>
    internal sealed record Followed : RefreshCommand
    {
        internal static readonly Followed Instance = new();
    }

    /// <summary>The store was asked until when the zone may be served.</summary>
    /// <param name="Stored">What it said; null when it did not.</param>
    /// <param name="IsDue">True when the time that this node knows of is over.</param>
    internal sealed record ExpiryRead(DateTimeOffset? Stored, bool IsDue) : RefreshCommand;

    /// <summary>The writer serves what there was; null when it did not answer.</summary>
    internal sealed record Restored(SecondaryContent? Content) : RefreshCommand;

    /// <summary>It is time to try the store again.</summary>
    internal sealed record RestoreDue : RefreshCommand
    {
        internal static readonly RestoreDue Instance = new();
    }

    /// <summary>It is time to ask.</summary>
    internal sealed record Due : RefreshCommand
    {
        internal static readonly Due Instance = new();
    }

    /// <summary>The time is over that the zone may be served for.</summary>
    internal sealed record ExpireDue : RefreshCommand
    {
        internal static readonly ExpireDue Instance = new();
    }

    /// <summary>An update was passed on, or not.</summary>
    internal sealed record ForwardEnded : RefreshCommand
    {
        internal static readonly ForwardEnded Instance = new();
    }

    /// <summary>The primaries were asked.</summary>
    internal sealed record RoundEnded(RefreshResult Result) : RefreshCommand;
}

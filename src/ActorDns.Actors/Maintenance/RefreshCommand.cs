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

    /// <summary>Starts, or with a reload goes on: what there was is served.</summary>
    /// <param name="ExpiresAt">Until when it may be; null when that is not known.</param>
    public sealed record Start(DateTimeOffset? ExpiresAt) : RefreshCommand;

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

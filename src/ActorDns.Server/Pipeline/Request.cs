using ActorDns.Protocol.Edns;
using ActorDns.Protocol.Messages;
using ActorDns.Protocol.Registries;
using ActorDns.Server.Views;
using ActorDns.Zones.Access;
using ActorDns.Zones.Snapshots;

namespace ActorDns.Server.Pipeline;

/// <summary>
/// One request on its way through the pipeline: what came in, what the steps have found out, and what the reply will say. Lives on the
/// stack; what is too large for it is in <see cref="Scratch"/>.
/// </summary>
internal ref struct Request
{
    /// <summary>The message as received.</summary>
    public ReadOnlySpan<byte> Message;

    /// <summary>Room for the reply.</summary>
    public Span<byte> Response;

    /// <summary>The worker's reusable memory.</summary>
    public RequestScratch Scratch;

    /// <summary>What is served, read once for this request's batch.</summary>
    public ServingState State;

    /// <summary>The client.</summary>
    public NetEndpoint Source;

    /// <summary>Our address and port that the client asked.</summary>
    public NetEndpoint Local;

    /// <summary>How the request arrived.</summary>
    public AccessTransports Transport;

    /// <summary>Wall clock in Unix seconds, read once per batch.</summary>
    public long NowUnixSeconds;

    /// <summary>Its number in the batch that it came with; see <see cref="RequestScratch.Ahead"/>.</summary>
    public int BatchIndex;

    /// <summary>Where the parts of the message lie.</summary>
    public MessageLayout Layout;

    /// <summary>RCODE of the reply, with its EDNS extension.</summary>
    public Rcode Rcode;

    /// <summary>Extended error that goes with it (RFC 8914); used when <see cref="HasExtendedError"/>.</summary>
    public ExtendedErrorCode ExtendedError;

    /// <summary>True when <see cref="ExtendedError"/> is to be sent.</summary>
    public bool HasExtendedError;

    /// <summary>The OPT record; absent in its default value.</summary>
    public OptRecord Opt;

    /// <summary>Largest reply in octets that client and configuration allow.</summary>
    public int ReplyLimitBytes;

    /// <summary>True when the client sent a server cookie of ours that is still good (RFC 7873 §5.2.5).</summary>
    public bool IsCookieGood;

    /// <summary>True when the client has proved its address: a good server cookie, a verified key, or a stream.</summary>
    public bool IsAddressProven;

    /// <summary>True when the reply answers from <see cref="RequestScratch.Plan"/>; false for bare outcomes.</summary>
    public bool HasPlan;

    /// <summary>True for an accepted NOTIFY, whose reply has AA set (RFC 1996 §4.7).</summary>
    public bool IsNotifyReply;

    /// <summary>True when the reply is sent truncated and empty, by rate limiting.</summary>
    public bool IsSlipped;

    /// <summary>The view that took the request.</summary>
    public View? View;

    /// <summary>The zone that the question lies in.</summary>
    public ServedZone? Zone;

    /// <summary>The version of it that this request is answered from.</summary>
    public ZoneSnapshot? Snapshot;

    /// <summary>True over TCP or TLS, where size and spoofing matter less.</summary>
    public readonly bool IsStream => Transport != AccessTransports.Udp;

    /// <summary>RD of the request.</summary>
    public readonly bool RecursionDesired => (MessageHeader.Flags(Message) & MessageHeader.RecursionDesired) != 0;

    /// <summary>The request as access lists see it.</summary>
    public readonly AccessSubject Subject => new(Source.Address)
    {
        KeyName = Scratch.VerifiedKeyName,
        KeyAliases = Scratch.KeyAliases.Span,
        LocalAddress = Local.Address,
        LocalPort = Local.Port,
        Transport = Transport,
    };

    /// <summary>Decides the outcome and ends the steps.</summary>
    public StepResult End(Rcode rcode)
    {
        Rcode = rcode;
        return StepResult.Reply;
    }

    /// <summary>Decides the outcome with an extended error and ends the steps.</summary>
    public StepResult End(Rcode rcode, ExtendedErrorCode extendedError)
    {
        ExtendedError = extendedError;
        HasExtendedError = true;
        return End(rcode);
    }
}

using ActorDns.Kernel;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;
using ActorDns.Zones.Updates;

namespace ActorDns.Actors.Zones;

/// <summary>An UPDATE for a zone's writer.</summary>
/// <param name="Message">The message as received.</param>
/// <param name="Requester">Who asks.</param>
/// <param name="Client">The peer, for journal and logs.</param>
/// <param name="Signature">What makes the message one and the same when it comes again; null when unsigned.</param>
/// <param name="LogPrefix">How log lines about the client begin.</param>
/// <param name="Answer">Gets the rcode.</param>
public sealed record IncomingUpdate(
    ReadOnlyMemory<byte> Message,
    UpdateRequester Requester,
    NetEndpoint Client,
    UpdateSignature? Signature,
    string LogPrefix,
    ReplyTo<Rcode> Answer);

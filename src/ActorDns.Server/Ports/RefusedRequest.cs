using ActorDns.Zones.Access;

namespace ActorDns.Server.Ports;

/// <summary>A request that was refused.</summary>
/// <param name="Operation">What was asked: <c>query</c>, <c>transfer</c>, <c>update</c> or <c>notify</c>.</param>
/// <param name="Zone">Zone that it was about, in lower case with the final dot; empty when none is known.</param>
/// <param name="Client">Who asked.</param>
/// <param name="KeyName">Key that signed it, or is said to have; null when unsigned.</param>
/// <param name="Answer">Rcode or TSIG error that was answered, as a word.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Update">The message of a refused UPDATE, to be read by somebody who has the time; empty otherwise.</param>
public sealed record RefusedRequest(
    string Operation,
    string Zone,
    NetEndpoint Client,
    string? KeyName,
    string Answer,
    string Rule,
    ReadOnlyMemory<byte> Update);

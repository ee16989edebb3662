using ActorDns.Protocol.Names;

namespace ActorDns.Storage.Contracts;

/// <summary>The last use of a key by one peer at one node for one operation.</summary>
/// <param name="Line">Name of the key's line.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Peer">The peer's address; <c>*</c> for peers that were too many to be told apart.</param>
/// <param name="Node">Name of the node.</param>
/// <param name="Operation">Such as <c>query</c>, <c>transfer</c>, <c>update</c>, <c>notify</c>, <c>notify-out</c>.</param>
/// <param name="LastUsed">When.</param>
/// <param name="Count">How often: to be added when it is written, the sum when it is read.</param>
public sealed record KeyUse(
    DomainName Line, int Generation, string Peer, string Node, string Operation, DateTimeOffset LastUsed, long Count);

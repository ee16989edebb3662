using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Configuration.Model;

/// <summary>
/// A TSIG key. <paramref name="TruncatedBits"/> is the least length of a signature when the algorithm was written with a suffix
/// such as <c>-128</c>; null for whole digests.
/// </summary>
public sealed record KeyDefinition(
    DomainName Name, TsigAlgorithm Algorithm, int? TruncatedBits, TsigSecret Secret, SourcePosition Position);

using ActorDns.Protocol.Names;

namespace ActorDns.Host.Wiring;

/// <summary>A zone that was added at run time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Statement">The zone statement on one line, semicolon included.</param>
public sealed record AddedZone(DomainName Name, string Statement);

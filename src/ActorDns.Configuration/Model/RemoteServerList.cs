using System.Collections.Immutable;
using System.Net;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>
/// A list of servers as written: <c>primaries</c>, <c>masters</c>, <c>parental-agents</c> or <c>remote-servers</c> at the top
/// level (with a name), or the value of a zone statement (with an empty name).
/// </summary>
public sealed record RemoteServerList(
    string Name,
    int? Port,
    IPAddress? Source,
    IPAddress? SourceV6,
    ImmutableArray<RemoteServerElement> Elements,
    SourcePosition Position);

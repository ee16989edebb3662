using System.Net;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>An element of a server list: an address, or the name of another list.</summary>
public sealed record RemoteServerElement(
    IPAddress? Address, string? ListName, int? Port, DomainName? Key, string? Tls, SourcePosition Position);

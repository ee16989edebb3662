using System.Net;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>A server to talk to, with all lists resolved: its address, the port if one was written, key and TLS configuration.</summary>
public sealed record RemoteServer(IPAddress Address, int? Port, DomainName? Key, string? Tls, SourcePosition Position)
{
    /// <summary>The source address that the list asks for, of the family of <see cref="Address"/>; null for none.</summary>
    public IPAddress? Source { get; init; }
}

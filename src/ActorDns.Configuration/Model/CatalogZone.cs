using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>An entry of <c>catalog-zones</c>.</summary>
public sealed record CatalogZone(
    DomainName Name,
    ImmutableArray<RemoteServer> DefaultPrimaries,
    string? ZoneDirectory,
    bool InMemory,
    TimeSpan MinUpdateInterval,
    SourcePosition Position);

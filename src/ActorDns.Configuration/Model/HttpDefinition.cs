using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>An <c>http</c> block for DNS over HTTPS. The name <c>default</c> is built in.</summary>
public sealed record HttpDefinition(
    string Name, ImmutableArray<string> Endpoints, int? ListenerClients, int? StreamsPerConnection, SourcePosition Position);

using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A log category and the channels it goes to.</summary>
public sealed record LogCategory(string Name, ImmutableArray<string> Channels, SourcePosition Position);

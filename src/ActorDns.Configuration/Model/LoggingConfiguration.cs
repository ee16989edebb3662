using System.Collections.Immutable;

namespace ActorDns.Configuration.Model;

/// <summary>The <c>logging</c> block: the channels and categories written, the predefined ones not included.</summary>
public sealed record LoggingConfiguration(ImmutableArray<LogChannel> Channels, ImmutableArray<LogCategory> Categories);

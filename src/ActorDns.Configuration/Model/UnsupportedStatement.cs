using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A statement that is read and checked but not acted on by this server.</summary>
public sealed record UnsupportedStatement(string Name, SourcePosition Position);

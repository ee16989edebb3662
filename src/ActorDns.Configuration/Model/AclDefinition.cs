using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>A named address match list; its name compares without regard to case.</summary>
public sealed record AclDefinition(string Name, AddressMatchList List, SourcePosition Position);

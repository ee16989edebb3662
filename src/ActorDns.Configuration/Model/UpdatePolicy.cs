using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;

namespace ActorDns.Configuration.Model;

/// <summary>The <c>update-policy</c> of a zone; <paramref name="IsLocal"/> for <c>update-policy local</c>, which has no rules.</summary>
public sealed record UpdatePolicy(bool IsLocal, ImmutableArray<UpdateRule> Rules, SourcePosition Position);

using System.Collections.Immutable;
using ActorDns.Configuration.Syntax;
using ActorDns.Protocol.Names;

namespace ActorDns.Configuration.Model;

/// <summary>
/// One rule of <c>update-policy</c>. An empty type list stands for all types but RRSIG, NS, SOA, NSEC and NSEC3; with
/// <see cref="UpdateRuleType.ZoneSub"/> the name is the root and means the zone's own.
/// </summary>
public sealed record UpdateRule(
    bool IsGrant,
    DomainName Identity,
    string IdentityText,
    UpdateRuleType Type,
    DomainName Name,
    ImmutableArray<UpdateRuleRecordType> RecordTypes,
    SourcePosition Position);

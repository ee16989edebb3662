using ActorDns.Protocol.Registries;

namespace ActorDns.Zones.Updates;

/// <summary>A record type that a rule is about, ANY for all, and as <c>TYPE(n)</c> how many such records may exist.</summary>
/// <param name="Type">The type.</param>
/// <param name="MaxRecords">Most records of the type at one name; 0 is no limit.</param>
public readonly record struct UpdateRuleTypeLimit(RecordType Type, int MaxRecords = 0);

using ActorDns.Protocol.Registries;

namespace ActorDns.Configuration.Model;

/// <summary>A record type of an update rule and, when written as <c>TYPE(n)</c>, how many records of it may exist.</summary>
public readonly record struct UpdateRuleRecordType(RecordType Type, int? MaxRecords);

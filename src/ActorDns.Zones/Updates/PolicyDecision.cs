namespace ActorDns.Zones.Updates;

/// <summary>What a policy says about records of one type at one name.</summary>
/// <param name="IsGranted">True when they may be written.</param>
/// <param name="RuleIndex">Index of the rule that decided; -1 when none matched, which denies.</param>
/// <param name="MaxRecords">Most records of the type that may exist; 0 is no limit.</param>
public readonly record struct PolicyDecision(bool IsGranted, int RuleIndex, int MaxRecords = 0);

namespace ActorDns.Configuration.Syntax;

/// <summary>One row of a grammar table.</summary>
internal sealed record StatementRule(
    string Name,
    ValueGrammar Grammar,
    StatementClass Class,
    bool IsMany,
    bool IsSecret,
    ZoneKind Zones);

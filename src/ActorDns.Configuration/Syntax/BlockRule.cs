using System.Collections.Frozen;

namespace ActorDns.Configuration.Syntax;

/// <summary>The statements that a block may hold, in the order in which they print.</summary>
internal sealed class BlockRule(string name, IReadOnlyList<StatementRule> rules)
{
    private readonly FrozenDictionary<string, StatementRule> _byName =
        rules.ToFrozenDictionary(r => r.Name, StringComparer.OrdinalIgnoreCase);

    public static BlockRule Empty { get; } = new("", []);

    public string Name => name;

    public IReadOnlyList<StatementRule> Rules => rules;

    public StatementRule? Find(string statement) => _byName.GetValueOrDefault(statement);
}

namespace ActorDns.Zones.Access;

/// <summary>What a match list decided and by which of its elements.</summary>
public readonly struct MatchResult
{
    private readonly MatchList _list;

    internal MatchResult(MatchList list, MatchDecision decision, int ruleIndex)
    {
        _list = list;
        Decision = decision;
        RuleIndex = ruleIndex;
    }

    /// <summary>The decision.</summary>
    public MatchDecision Decision { get; }

    /// <summary>True when the list allows the request: no match is not enough.</summary>
    public bool IsAllowed => Decision == MatchDecision.Allow;

    /// <summary>Index of the deciding element among the list's own elements; -1 when none decided.</summary>
    public int RuleIndex { get; }

    /// <summary>The deciding element as written and where, for a log line: <c>!10.0.0.0/8 (named.conf:12)</c>.</summary>
    public string RuleText => _list is null ? "" : _list.DescribeRule(RuleIndex, Decision);

    /// <inheritdoc/>
    public override string ToString() => $"{Decision}: {RuleText}";
}

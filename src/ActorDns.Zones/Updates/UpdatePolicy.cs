using System.Collections.Immutable;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Registries;
using ActorDns.Zones.Access;

namespace ActorDns.Zones.Updates;

/// <summary>The <c>update-policy</c> of a zone: rules of which the first that matches decides, and none means no.</summary>
public sealed class UpdatePolicy
{
    private readonly MatchList? _localClients;

    /// <summary>A policy of rules.</summary>
    public UpdatePolicy(ImmutableArray<UpdatePolicyRule> rules) => Rules = rules;

    private UpdatePolicy(UpdatePolicyRule rule, MatchList localClients)
    {
        Rules = [rule];
        _localClients = localClients;
    }

    /// <summary>The rules, in order.</summary>
    public ImmutableArray<UpdatePolicyRule> Rules { get; }

    /// <summary>True for <c>update-policy local</c>.</summary>
    public bool IsLocal => _localClients is not null;

    /// <summary>
    /// <c>update-policy local</c>: the session key may write every name and type of the zone, from this host.
    /// </summary>
    /// <param name="sessionKey">Name of the session key.</param>
    /// <param name="localHost">The list <c>localhost</c>.</param>
    public static UpdatePolicy Local(DomainName sessionKey, MatchList localHost) => new(
        new UpdatePolicyRule(
            true, sessionKey, UpdateRuleKind.ZoneSub, DomainName.Root, [new(RecordType.Any)], "update-policy local"),
        localHost);

    /// <summary>Decides about records of a type at a name of a zone.</summary>
    public PolicyDecision Decide(
        in UpdateRequester requester, ReadOnlySpan<byte> zone, ReadOnlySpan<byte> name, RecordType type)
    {
        if (_localClients is not null && !_localClients.Match(requester.Subject()).IsAllowed)
            return new PolicyDecision(false, -1);
        for (int index = 0; index < Rules.Length; index++)
        {
            UpdatePolicyRule rule = Rules[index];
            if (rule.Matches(requester, zone, name, type))
                return new PolicyDecision(rule.IsGrant, index, rule.MaxRecords(type));
        }

        return new PolicyDecision(false, -1);
    }

    /// <summary>The rule that made a decision, for a log line; or that none did, and which could not for what they wait for.</summary>
    public string Describe(PolicyDecision decision)
    {
        if (decision.RuleIndex >= 0)
            return $"update-policy rule {decision.RuleIndex + 1}: {Rules[decision.RuleIndex]}";
        if (_localClients is not null)
            return "update-policy local: not the session key from this host";
        string waiting = string.Concat(Rules
            .Select((rule, index) => (rule.Unsupported, Number: index + 1))
            .Where(rule => rule.Unsupported is not null)
            .Select(rule => $"; rule {rule.Number}: {rule.Unsupported}"));
        return "update-policy: no rule matched" + waiting;
    }
}

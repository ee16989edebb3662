namespace ActorDns.Zones.Access;

/// <summary>What a match list says about a request.</summary>
public enum MatchDecision : byte
{
    /// <summary>No element matched; where the list grants access, that is a refusal.</summary>
    NoMatch,

    /// <summary>The first element that matched is a positive one.</summary>
    Allow,

    /// <summary>The first element that matched is a negated one, or the request came by a transport the list is not open to.</summary>
    Deny,
}

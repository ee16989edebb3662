using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Access;

/// <summary>
/// A compiled address match list. The first element that matches decides, a negated one denies, and the negative result of a
/// nested list is no match at all. That last rule makes "and" of <c>!{ !net; any; }; key k;</c>: in the network, and signed by k.
/// </summary>
/// <remarks>
/// The elements of all levels lie in one array in the order in which they are tried; a nested list is followed by its elements
/// and knows where they end. Evaluation walks the array and allocates nothing. One case differs from BIND, which denies where
/// an earlier prefix is repeated inside a later negated list without negations of its own: here the earlier one decides.
/// </remarks>
public sealed class MatchList
{
    private readonly MatchElement[] _elements;
    private readonly Node[] _nodes;
    private readonly LocalAddressBook _local;
    private readonly TransportRestriction? _restriction;
    private readonly MatchDecision _constant;

    private MatchList(MatchElement[] elements, LocalAddressBook local, TransportRestriction? restriction)
    {
        _elements = elements;
        _local = local;
        _restriction = restriction;
        List<Node> nodes = [];
        for (int index = 0; index < elements.Length; index++)
            Compile(nodes, elements[index], index);
        _nodes = [.. nodes];
        if (restriction is null && elements is [{ Kind: MatchKind.Any }, ..])
            _constant = elements[0].IsNegated ? MatchDecision.Deny : MatchDecision.Allow;
    }

    /// <summary>The list <c>{ any; }</c>.</summary>
    public static MatchList Any { get; } = Create([MatchElement.Any()]);

    /// <summary>The list <c>{ none; }</c>.</summary>
    public static MatchList None { get; } = Create([MatchElement.None()]);

    /// <summary>True when the list allows every request whatever it is.</summary>
    public bool IsAny => _constant == MatchDecision.Allow;

    /// <summary>True when the list allows no request whatever it is.</summary>
    public bool IsNone => _constant == MatchDecision.Deny || _elements.Length == 0;

    /// <summary>The list's own elements, in order.</summary>
    public IReadOnlyList<MatchElement> Elements => _elements;

    /// <summary>
    /// Compiles a list. <paramref name="local"/> is asked at each request for <c>localhost</c> and <c>localnets</c>; without
    /// it both match nothing.
    /// </summary>
    public static MatchList Create(
        IEnumerable<MatchElement> elements, LocalAddressBook? local = null, TransportRestriction? restriction = null) =>
        new([.. elements], local ?? new LocalAddressBook(), restriction);

    /// <summary>Compares a request with the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MatchResult Match(in AccessSubject subject) =>
        _constant != MatchDecision.NoMatch ? new MatchResult(this, _constant, 0) : Walk(subject);

    /// <summary>True when the list allows the request.</summary>
    public bool Allows(in AccessSubject subject) => Match(subject).IsAllowed;

    /// <summary>Says in words what decided: an element, the transport, or that nothing matched.</summary>
    internal string DescribeRule(int ruleIndex, MatchDecision decision)
    {
        if (ruleIndex >= 0)
            return _elements[ruleIndex].Text;
        return decision == MatchDecision.Deny && _restriction is not null ? $"only {_restriction}" : "no element matches";
    }

    private static void Compile(List<Node> nodes, MatchElement element, int ruleIndex)
    {
        int at = nodes.Count;
        Node node = new(element.Kind, element.IsNegated, ruleIndex)
        {
            Network = element.Network,
            KeyName = element.KeyName,
        };
        nodes.Add(node);
        foreach (MatchElement inner in element.Elements)
            Compile(nodes, inner, ruleIndex);
        nodes[at] = node with { End = nodes.Count };
    }

    private MatchResult Walk(in AccessSubject subject)
    {
        if (_restriction is not null && !_restriction.Admits(subject.LocalPort, subject.Transport))
            return new MatchResult(this, MatchDecision.Deny, -1);
        int found = FirstMatch(subject, 0, _nodes.Length);
        if (found < 0)
            return new MatchResult(this, MatchDecision.NoMatch, -1);
        ref readonly Node node = ref _nodes[found];
        return new MatchResult(this, node.IsNegated ? MatchDecision.Deny : MatchDecision.Allow, node.RuleIndex);
    }

    /// <summary>Index of the first node of one level, between two indexes, that matches; -1 for none.</summary>
    private int FirstMatch(in AccessSubject subject, int start, int end)
    {
        for (int at = start; at < end; at = _nodes[at].End)
        {
            ref readonly Node node = ref _nodes[at];
            bool matches = node.Kind switch
            {
                MatchKind.Any => true,
                MatchKind.Prefix => node.Network.Contains(subject.Client),
                MatchKind.Key => IsSignedBy(subject, node.KeyName.Wire),
                MatchKind.LocalHost => _local.Current.IsLocalHost(subject.Client),
                MatchKind.LocalNets => _local.Current.IsLocalNet(subject.Client),
                _ => FirstMatch(subject, at + 1, node.End) is var inner && inner >= 0 && !_nodes[inner].IsNegated,
            };
            if (matches)
                return at;
        }

        return -1;
    }

    private static bool IsSignedBy(in AccessSubject subject, ReadOnlySpan<byte> key)
    {
        if (WireName.Equal(subject.KeyName, key))
            return true;
        for (ReadOnlySpan<byte> rest = subject.KeyAliases; !rest.IsEmpty; rest = rest[WireName.LengthOf(rest)..])
        {
            if (WireName.Equal(rest[..WireName.LengthOf(rest)], key))
                return true;
        }

        return false;
    }

    private readonly record struct Node(MatchKind Kind, bool IsNegated, int RuleIndex)
    {
        /// <summary>Index after the last node that belongs to this one.</summary>
        public int End { get; init; }

        public NetPrefix Network { get; init; }

        public DomainName KeyName { get; init; }
    }
}

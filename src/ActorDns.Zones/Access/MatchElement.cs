using ActorDns.Protocol.Names;

namespace ActorDns.Zones.Access;

/// <summary>
/// One element of an address match list, with the place it was written at. Named lists are resolved by whoever maps the
/// configuration: they arrive here as nested elements whose label is the name.
/// </summary>
public sealed class MatchElement
{
    private MatchElement(MatchKind kind, bool isNegated, string? label, string source, string written)
    {
        Kind = kind;
        IsNegated = isNegated;
        Source = source;
        string what = (isNegated ? "!" : "") + (label ?? written);
        Text = source.Length == 0 ? what : $"{what} ({source})";
    }

    /// <summary>What the element looks at.</summary>
    public MatchKind Kind { get; }

    /// <summary>True for <c>!element</c>: a match denies.</summary>
    public bool IsNegated { get; }

    /// <summary>The place the element was written at, <c>file:line</c>; empty for built-in lists.</summary>
    public string Source { get; }

    /// <summary>The element as a log line names it: what was written, and where.</summary>
    public string Text { get; }

    /// <summary>The network of a <see cref="MatchKind.Prefix"/> element.</summary>
    public NetPrefix Network { get; private init; }

    /// <summary>The key of a <see cref="MatchKind.Key"/> element.</summary>
    public DomainName KeyName { get; private init; }

    /// <summary>The elements of a <see cref="MatchKind.Nested"/> element, in order.</summary>
    public IReadOnlyList<MatchElement> Elements { get; private init; } = [];

    /// <summary><c>any</c>; negated it is <c>none</c>.</summary>
    public static MatchElement Any(bool isNegated = false, string source = "") =>
        new(MatchKind.Any, isNegated, null, source, "any");

    /// <summary><c>none</c>, which is <c>!any</c>; <c>!none</c> is <c>any</c>.</summary>
    public static MatchElement None(bool isNegated = false, string source = "") =>
        new(MatchKind.Any, !isNegated, isNegated ? "any" : null, source, "any");

    /// <summary>An address or a network.</summary>
    public static MatchElement Prefix(NetPrefix network, bool isNegated = false, string source = "", string? label = null) =>
        new(MatchKind.Prefix, isNegated, label, source, network.ToString()) { Network = network };

    /// <summary><c>key NAME</c>: matches when a signature of that key was verified.</summary>
    public static MatchElement Key(DomainName name, bool isNegated = false, string source = "", string? label = null) =>
        new(MatchKind.Key, isNegated, label, source, $"key {name.ToLogString()}") { KeyName = name };

    /// <summary><c>localhost</c>.</summary>
    public static MatchElement LocalHost(bool isNegated = false, string source = "") =>
        new(MatchKind.LocalHost, isNegated, null, source, "localhost");

    /// <summary><c>localnets</c>.</summary>
    public static MatchElement LocalNets(bool isNegated = false, string source = "") =>
        new(MatchKind.LocalNets, isNegated, null, source, "localnets");

    /// <summary>A list within the list, or a named list with its name as <paramref name="label"/>.</summary>
    public static MatchElement Nested(
        IEnumerable<MatchElement> elements, bool isNegated = false, string source = "", string? label = null) =>
        new(MatchKind.Nested, isNegated, label, source, "{ … }") { Elements = [.. elements] };

    /// <inheritdoc/>
    public override string ToString() => Text;
}

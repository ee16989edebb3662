using System.Collections.Immutable;
using ActorDns.Storage.Contracts;
using ActorDns.Zones.Keys;

namespace ActorDns.Actors.Keys;

/// <summary>The registry as it is shown to operators; its keys have no secrets.</summary>
/// <param name="Time">The store's clock.</param>
/// <param name="Version">Version of the registry.</param>
/// <param name="Lines">The keys.</param>
/// <param name="Uses">Who used them, the latest first.</param>
/// <param name="Seen">Nodes that live, and what they have confirmed.</param>
/// <param name="Unread">Names of live keys whose secrets this node cannot open.</param>
public sealed record KeyReport(
    DateTimeOffset Time,
    long Version,
    ImmutableArray<KeyLine> Lines,
    IReadOnlyList<KeyUse> Uses,
    KeyObservations Seen,
    IReadOnlyList<string> Unread)
{
    /// <summary>The uses of a key.</summary>
    public IEnumerable<KeyUse> UsesOf(RegisteredKey key) =>
        Uses.Where(use => key.Kind == KeyKind.Tsig && use.Line == key.Line && use.Generation == key.Generation);
}

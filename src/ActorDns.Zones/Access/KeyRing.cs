using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Security;

namespace ActorDns.Zones.Access;

/// <summary>
/// The TSIG keys that a node accepts, as one immutable value: keys by name for the verifier, and for each key in a rotation the names it
/// is
/// also known by. A change of keys publishes a new ring.
/// </summary>
public sealed class KeyRing
{
    private readonly Dictionary<TsigKey, byte[]> _aliases = new(ReferenceEqualityComparer.Instance);

    private KeyRing(IReadOnlyList<KeyRingEntry> entries)
    {
        Entries = entries;
        Keys = new TsigKeyRing(entries.Select(entry => entry.Key));
        foreach (KeyRingEntry entry in entries.Where(entry => !entry.Succeeds.IsEmpty))
            _aliases[entry.Key] = [.. entry.Succeeds.SelectMany(name => name.Wire.ToArray())];
    }

    /// <summary>A ring without keys.</summary>
    public static KeyRing Empty { get; } = new([]);

    /// <summary>All keys, in the order given.</summary>
    public IReadOnlyList<KeyRingEntry> Entries { get; }

    /// <summary>The keys as the TSIG verifier takes them.</summary>
    public TsigKeyRing Keys { get; }

    /// <summary>Makes a ring; of two keys with one name the first given is tried first.</summary>
    /// <exception cref="ArgumentException">More than two keys share a name.</exception>
    public static KeyRing Create(IEnumerable<KeyRingEntry> entries) => new([.. entries]);

    /// <summary>The key that is tried first under a name: generation 0 of it.</summary>
    public bool TryFind(ReadOnlySpan<byte> keyNameWire, [NotNullWhen(true)] out TsigKey? key) =>
        Keys.TryFind(keyNameWire, 0, out key);

    /// <summary>
    /// The wire names by which access lists may also mean <paramref name="key"/>, one after the other: those of the keys that it
    /// succeeds. For <see cref="AccessSubject.KeyAliases"/>.
    /// </summary>
    public ReadOnlyMemory<byte> AliasesOf(TsigKey key) => _aliases.GetValueOrDefault(key);
}

using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Names;
using ActorDns.Protocol.Security;

namespace ActorDns.Zones.Access;

/// <summary>
/// The TSIG keys that a node accepts and signs with, as one immutable value: keys by name for the verifier, and for each key in a
/// rotation the name it is also known by. A change of keys publishes a new ring.
/// </summary>
public sealed class KeyRing
{
    private readonly Dictionary<DomainName, byte[]> _aliases = [];

    private KeyRing(IReadOnlyList<KeyRingEntry> entries)
    {
        Entries = entries;
        Keys = new TsigKeyRing(entries.Select(entry => entry.Key));
        foreach (KeyRingEntry entry in entries)
        {
            // The old name stands for the new key only while the old key lives too.
            if (entry.Succeeds is { } old && old != entry.Key.Name && Keys.TryFind(old.Wire, 0, out _))
                _aliases[entry.Key.Name] = old.Wire.ToArray();
        }
    }

    /// <summary>A ring without keys.</summary>
    public static KeyRing Empty { get; } = new([]);

    /// <summary>All keys, in the order given.</summary>
    public IReadOnlyList<KeyRingEntry> Entries { get; }

    /// <summary>The keys as the TSIG verifier takes them.</summary>
    public TsigKeyRing Keys { get; }

    /// <summary>Makes a ring; of two keys with one name the first given is tried first and signs.</summary>
    /// <exception cref="ArgumentException">More than two keys share a name.</exception>
    public static KeyRing Create(IEnumerable<KeyRingEntry> entries) => new([.. entries]);

    /// <summary>The key that signs under a name: generation 0 of it.</summary>
    public bool TryFind(ReadOnlySpan<byte> keyNameWire, [NotNullWhen(true)] out TsigKey? key) =>
        Keys.TryFind(keyNameWire, 0, out key);

    /// <summary>
    /// The wire name by which access lists may also mean <paramref name="key"/>: that of the living key it succeeds, or an empty
    /// span. For <see cref="AccessSubject.KeyAlias"/>.
    /// </summary>
    public ReadOnlySpan<byte> AliasOf(TsigKey key) => _aliases.GetValueOrDefault(key.Name);
}

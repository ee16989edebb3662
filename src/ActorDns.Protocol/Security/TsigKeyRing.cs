using System.Diagnostics.CodeAnalysis;
using ActorDns.Protocol.Names;

namespace ActorDns.Protocol.Security;

/// <summary>
/// An immutable set of keys by name, at most two generations to a name; replaced as a whole when keys change. The default value is
/// an empty ring.
/// </summary>
public readonly struct TsigKeyRing : ITsigKeySource
{
    private readonly TsigKey[]?[]? _slots;
    private readonly int _mask;

    /// <summary>Makes a ring; of two keys with one name the first given is generation 0.</summary>
    /// <exception cref="ArgumentException">More than <see cref="ITsigKeySource.MaxGenerations"/> keys share a name.</exception>
    public TsigKeyRing(IEnumerable<TsigKey> keys)
    {
        List<IGrouping<DomainName, TsigKey>> byName = [.. keys.GroupBy(key => key.Name)];
        int size = 4;
        while (size < byName.Count * 2)
            size *= 2;
        _mask = size - 1;
        _slots = new TsigKey[]?[size];
        foreach (IGrouping<DomainName, TsigKey> group in byName)
        {
            TsigKey[] generations = [.. group];
            if (generations.Length > ITsigKeySource.MaxGenerations)
                throw new ArgumentException($"more than two keys are named {group.Key.ToLogString()}", nameof(keys));
            int at = (int)WireName.Hash(group.Key.Wire) & _mask;
            while (_slots[at] is not null)
                at = (at + 1) & _mask;
            _slots[at] = generations;
            Count += generations.Length;
        }
    }

    /// <summary>Number of keys, all generations counted.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public bool TryFind(ReadOnlySpan<byte> keyNameWire, int generation, [NotNullWhen(true)] out TsigKey? key)
    {
        key = null;
        if (_slots is null)
            return false;
        int at = (int)WireName.Hash(keyNameWire) & _mask;
        while (_slots[at] is { } generations)
        {
            if (WireName.Equal(keyNameWire, generations[0].Name.Wire))
            {
                key = (uint)generation < (uint)generations.Length ? generations[generation] : null;
                return key is not null;
            }

            at = (at + 1) & _mask;
        }

        return false;
    }
}

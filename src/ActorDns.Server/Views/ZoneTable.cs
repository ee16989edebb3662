using System.Runtime.CompilerServices;
using ActorDns.Protocol.Names;

namespace ActorDns.Server.Views;

/// <summary>
/// The zones of one view by name: an immutable open-addressed table that finds the zone with the longest matching name without
/// allocation.
/// </summary>
public sealed class ZoneTable
{
    private readonly ServedZone?[] _slots;
    private readonly uint[] _hashes;
    private readonly int _mask;
    private readonly int _mostLabels;
    private readonly ServedZone? _root;

    /// <summary>Builds the table.</summary>
    /// <exception cref="ArgumentException">Two zones have one name.</exception>
    public ZoneTable(IReadOnlyCollection<ServedZone> zones)
    {
        int slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, zones.Count * 2));
        _slots = new ServedZone?[slots];
        _hashes = new uint[slots];
        _mask = slots - 1;
        Zones = [.. zones];
        Span<byte> starts = stackalloc byte[WireName.MaxLabels];
        Span<uint> hashes = stackalloc uint[WireName.MaxLabels];
        foreach (ServedZone zone in Zones)
        {
            int labels = WireName.HashEnds(zone.Origin.Wire, starts, hashes);
            if (Find(zone.Origin.Wire, labels == 0 ? 0 : hashes[0], labels) is not null)
                throw new ArgumentException($"zone '{zone.Origin}' appears twice", nameof(zones));
            if (labels == 0)
            {
                _root = zone;
                continue;
            }

            int slot = (int)(hashes[0] & (uint)_mask);
            while (_slots[slot] is not null)
                slot = (slot + 1) & _mask;
            _slots[slot] = zone;
            _hashes[slot] = hashes[0];
            _mostLabels = Math.Max(_mostLabels, labels);
        }
    }

    /// <summary>The same zones but for one name, whose zone is another or none.</summary>
    public ZoneTable With(DomainName name, ServedZone? zone)
    {
        IEnumerable<ServedZone> others = Zones.Where(other => other.Origin != name);
        return new ZoneTable(zone is null ? [.. others] : [.. others, zone]);
    }

    /// <summary>All zones, in configuration order.</summary>
    public IReadOnlyList<ServedZone> Zones { get; }

    /// <summary>The zone that <paramref name="name"/> lies in, the deepest if several enclose it; null when none does.</summary>
    /// <param name="name">Wire form.</param>
    /// <param name="aboveApex">True skips a zone of exactly that name: DS belongs to the parent (RFC 4035 §3.1.4.1).</param>
    [SkipLocalsInit]
    public ServedZone? FindEnclosing(ReadOnlySpan<byte> name, bool aboveApex = false)
    {
        Span<byte> starts = stackalloc byte[WireName.MaxLabels];
        Span<uint> hashes = stackalloc uint[WireName.MaxLabels];
        int labels = WireName.HashEnds(name, starts, hashes);
        for (int label = Math.Max(aboveApex ? 1 : 0, labels - _mostLabels); label < labels; label++)
        {
            ServedZone? zone = Find(name[starts[label]..], hashes[label], labels - label);
            if (zone is not null)
                return zone;
        }

        return aboveApex && labels == 0 ? null : _root;
    }

    /// <summary>The zone of exactly that name.</summary>
    public ServedZone? FindExact(ReadOnlySpan<byte> name)
    {
        ServedZone? zone = FindEnclosing(name);
        return zone is not null && zone.Origin.Wire.Length == name.Length ? zone : null;
    }

    private ServedZone? Find(ReadOnlySpan<byte> origin, uint hash, int labels)
    {
        if (labels == 0)
            return _root;
        for (int slot = (int)(hash & (uint)_mask); _slots[slot] is { } zone; slot = (slot + 1) & _mask)
        {
            if (_hashes[slot] == hash && WireName.Equal(zone.Origin.Wire, origin))
                return zone;
        }

        return null;
    }
}

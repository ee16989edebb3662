namespace ActorDns.Zones.Lookup;

/// <summary>
/// A name by place: in the zone's arena or in the plan's own scratch memory. Valid while the plan's snapshots are held and until the
/// plan is reset.
/// </summary>
public readonly unsafe struct PlanName
{
    private readonly byte* _start;
    private readonly int _length;

    internal PlanName(byte* start, int length)
    {
        _start = start;
        _length = length;
    }

    /// <summary>Uncompressed wire form.</summary>
    public ReadOnlySpan<byte> Wire => new(_start, _length);

    /// <summary>True when both are the same place, which is cheaper to see than the same name.</summary>
    public bool IsSamePlace(PlanName other) => _start == other._start;
}

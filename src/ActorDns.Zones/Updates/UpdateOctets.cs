namespace ActorDns.Zones.Updates;

/// <summary>Names and RDATA of an update, one after the other, in a buffer that grows.</summary>
internal sealed class UpdateOctets(int capacity)
{
    private byte[] _octets = GC.AllocateUninitializedArray<byte>(capacity);
    private int _used;

    public ReadOnlySpan<byte> Written => _octets.AsSpan(0, _used);

    public int Length => _used;

    public void Append(ReadOnlySpan<byte> octets)
    {
        if (_octets.Length - _used < octets.Length)
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, checked(_used + octets.Length)));
        octets.CopyTo(_octets.AsSpan(_used));
        _used += octets.Length;
    }
}

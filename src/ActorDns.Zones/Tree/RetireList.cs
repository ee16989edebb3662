namespace ActorDns.Zones.Tree;

/// <summary>Memory that one version no longer uses but older ones may, with the version in which it was born.</summary>
internal sealed class RetireList(long version)
{
    private Entry[] _entries = [];
    private int _count;

    /// <summary>The version that replaced the memory.</summary>
    public long Version { get; } = version;

    public ReadOnlySpan<Entry> Entries => _entries.AsSpan(0, _count);

    public void AddVector(nint address, int nodes, long birth) => Add(new Entry(address, -nodes, birth));

    public void AddBlock(nint address, int bytes, long birth) => Add(new Entry(address, bytes, birth));

    private void Add(Entry entry)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, Math.Max(16, _count * 2));
        _entries[_count++] = entry;
    }

    /// <summary>One vector (size = minus its nodes) or one name block (size = its octets).</summary>
    internal readonly record struct Entry(nint Address, int Size, long Birth)
    {
        public unsafe void FreeIn(ZoneArena arena)
        {
            if (Size < 0)
                arena.FreeVector((TreeNode*)Address, -Size);
            else
                arena.FreeBlock((byte*)Address, Size);
        }
    }
}

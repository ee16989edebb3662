using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActorDns.Zones.Tree;

/// <summary>
/// Native memory of one zone, for its single writer. Chunks grow from 4 KiB to 2 MiB; in each, twig vectors are taken from the low end
/// and name blocks from the high end, so that vectors stay aligned and blocks packed. Freed memory waits in lists by size.
/// </summary>
internal sealed unsafe class ZoneArena
{
    private const int FirstChunkBytes = 4 << 10;
    private const int LargestChunkBytes = 2 << 20;
    private const int LargestPooledBytes = 64 << 10;
    private const int BlockGrainBytes = 4;
    private const int FineLimitBytes = 512;
    private const int FineClasses = FineLimitBytes / BlockGrainBytes;
    private const int StepsPerDoubling = 8;
    private const int SmallestPieceBytes = 12;
#if DEBUG
    private const bool PoisonByDefault = true;
#else
    private const bool PoisonByDefault = false;
#endif
    private const byte PoisonOctet = 0xDD;

    private readonly List<nint> _chunks = [];
    private readonly HashSet<nint> _large = [];
    private readonly nint[] _freeVectors = new nint[TreeKey.SymbolCount + 1];
    private nint[] _freeBlocks = []; // Longer than all else that a small zone has: made when the first block is freed.
    private readonly bool _poison;
    private byte* _low;
    private byte* _high;
    private int _nextChunkBytes = FirstChunkBytes;
    private long _bytesInUse;
    private long _bytesReserved;
    private bool _isDisposed;

    /// <param name="poison">Overwrites freed memory, and checks when it is used again that nobody wrote to it.</param>
    public ZoneArena(bool poison = PoisonByDefault) => _poison = poison;

    /// <summary>Octets of vectors and blocks that were allocated and not freed, retired ones included.</summary>
    public long BytesInUse => Volatile.Read(ref _bytesInUse);

    /// <summary>Octets taken from the operating system.</summary>
    public long BytesReserved => Volatile.Read(ref _bytesReserved);

    public bool IsDisposed => _isDisposed;

    /// <summary>Number of the version being written or written last.</summary>
    public long Version { get; private set; }

    /// <summary>True when more than one tree lives here, so that one tree's transaction may not number versions.</summary>
    public bool IsShared { get; init; }

    /// <summary>
    /// The generation from which on births are forgotten at the next chance; lowered by tests. The room above it is for versions that are
    /// made from one another without being published.
    /// </summary>
    public int GenerationLimit { get; init; } = TreeNode.MaxGeneration - 4_096;

    private long BaseVersion { get; set; }

    /// <summary>The current version as nodes hold it.</summary>
    public int Generation => (int)(Version - BaseVersion);

    /// <summary>True when <see cref="ForgetBirths"/> must come before the next version.</summary>
    public bool IsGenerationExhausted => Generation >= GenerationLimit;

    /// <summary>The version that a node's generation stands for; 0, older than all, when it was forgotten.</summary>
    public long VersionOf(int generation) => generation == 0 ? 0 : BaseVersion + generation;

    public void BeginVersion()
    {
        Debug.Assert(!_isDisposed);
        if (Generation == TreeNode.MaxGeneration)
            throw new InvalidOperationException("too many versions were made without one being published");
        Version++;
    }

    /// <summary>Takes back a version of which everything has been freed; its number is used again.</summary>
    public void AbandonVersion()
    {
        Debug.Assert(Version > BaseVersion);
        Version--;
    }

    /// <summary>Starts generations anew after all live nodes have been told to forget theirs.</summary>
    public void ForgetBirths() => BaseVersion = Version;

    public TreeNode* AllocateVector(int nodes)
    {
        Debug.Assert(nodes is > 0 and <= TreeKey.SymbolCount);
        int bytes = nodes * sizeof(TreeNode);
        byte* vector = Pop(ref _freeVectors[nodes], bytes);
        if (vector == null)
        {
            vector = TakeFromChunk(bytes);
            if (vector == null)
                vector = SplitVector(nodes);
            if (vector == null)
            {
                AddChunk(bytes);
                vector = TakeFromChunk(bytes);
            }
        }

        Count(bytes);
        return (TreeNode*)vector;
    }

    public void FreeVector(TreeNode* vector, int nodes)
    {
        Debug.Assert(nodes is > 0 and <= TreeKey.SymbolCount);
        int bytes = nodes * sizeof(TreeNode);
        Count(-bytes);
        Push(ref _freeVectors[nodes], (byte*)vector, bytes);
    }

    public byte* AllocateBlock(int bytes)
    {
        Debug.Assert(bytes >= NameBlock.HeaderBytes);
        if (bytes > LargestPooledBytes)
            return AllocateLarge(bytes);
        int index = ClassOf(bytes);
        int size = SizeOf(index);
        byte* block = _freeBlocks.Length == 0 ? null : Pop(ref _freeBlocks[index], size);
        if (block == null)
        {
            if (_high - _low < size)
                block = SplitBlock(index);
            if (block == null)
            {
                if (_high - _low < size)
                    AddChunk(size);
                _high -= size;
                block = _high;
            }
        }

        Count(size);
        return block;
    }

    public void FreeBlock(byte* block, int bytes)
    {
        if (bytes > LargestPooledBytes)
        {
            FreeLarge(block, bytes);
            return;
        }

        int index = ClassOf(bytes);
        int size = SizeOf(index);
        Count(-size);
        if (_freeBlocks.Length == 0)
            _freeBlocks = new nint[ClassOf(LargestPooledBytes) + 1];
        Push(ref _freeBlocks[index], block, size);
    }

    /// <summary>Gives everything back. No view into this arena may be used any more.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        foreach (nint chunk in _chunks)
            NativeMemory.AlignedFree((void*)chunk);
        foreach (nint large in _large)
            NativeMemory.Free((void*)large);
        _chunks.Clear();
        _large.Clear();
        _low = _high = null;
        _bytesInUse = _bytesReserved = 0;
    }

    // Up to 512 octets one class per 4; above, eight per doubling, so that at most an eighth is lost.
    private static int ClassOf(int bytes)
    {
        if (bytes <= FineLimitBytes)
            return (bytes + BlockGrainBytes - 1) / BlockGrainBytes;
        int doubling = BitOperations.Log2((uint)(bytes - 1));
        int step = (bytes - 1 - (1 << doubling)) / ((1 << doubling) / StepsPerDoubling);
        return FineClasses + 1 + ((doubling - BitOperations.Log2(FineLimitBytes)) * StepsPerDoubling) + step;
    }

    private static int SizeOf(int index)
    {
        if (index <= FineClasses)
            return index * BlockGrainBytes;
        (int doubling, int step) = Math.DivRem(index - FineClasses - 1, StepsPerDoubling);
        return (FineLimitBytes << doubling) + ((step + 1) * ((FineLimitBytes << doubling) / StepsPerDoubling));
    }

    private void Count(int bytes) => Volatile.Write(ref _bytesInUse, _bytesInUse + bytes);

    private byte* AllocateLarge(int bytes)
    {
        byte* block = (byte*)NativeMemory.Alloc((nuint)bytes);
        _large.Add((nint)block);
        Count(bytes);
        _bytesReserved += bytes;
        return block;
    }

    private void FreeLarge(byte* block, int bytes)
    {
        bool wasAllocated = _large.Remove((nint)block);
        Debug.Assert(wasAllocated);
        Count(-bytes);
        _bytesReserved -= bytes;
        NativeMemory.Free(block);
    }

    private void AddChunk(int atLeast)
    {
        while (_nextChunkBytes < atLeast)
            _nextChunkBytes *= 2;
        int bytes = _nextChunkBytes;
        _nextChunkBytes = Math.Min(bytes * 2, LargestChunkBytes);
        KeepRest();
        bool isHuge = bytes == LargestChunkBytes;
        byte* chunk = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)(isHuge ? LargestChunkBytes : sizeof(TreeNode) * 4));
        if ((ulong)chunk >> 48 != 0)
        {
            NativeMemory.AlignedFree(chunk);
            throw new PlatformNotSupportedException("native memory lies above 2^48, where tree nodes keep other bits");
        }

        if (isHuge)
            HugePages.Advise(chunk, (nuint)bytes);
        if (_poison)
            new Span<byte>(chunk, bytes).Clear();
        _chunks.Add((nint)chunk);
        _bytesReserved += bytes;
        _low = chunk;
        _high = chunk + bytes;
    }

    private byte* TakeFromChunk(int bytes)
    {
        if (_high - _low < bytes)
            return null;
        byte* vector = _low;
        _low += bytes;
        return vector;
    }

    // Before a new chunk is taken, a larger free piece is split: a zone whose shape changes must not grow for ever.
    private byte* SplitVector(int nodes)
    {
        for (int larger = nodes + 1; larger <= TreeKey.SymbolCount; larger++)
        {
            byte* piece = Pop(ref _freeVectors[larger], larger * sizeof(TreeNode));
            if (piece == null)
                continue;
            int rest = larger - nodes;
            Push(ref _freeVectors[rest], piece + (nodes * sizeof(TreeNode)), rest * sizeof(TreeNode));
            return piece;
        }

        return null;
    }

    private byte* SplitBlock(int index)
    {
        int size = SizeOf(index);
        for (int larger = index + 1; larger < _freeBlocks.Length; larger++)
        {
            int rest = SizeOf(larger) - size;
            if (rest < SmallestPieceBytes)
                continue;
            if (rest > FineLimitBytes)
                break;
            byte* piece = Pop(ref _freeBlocks[larger], SizeOf(larger));
            if (piece == null)
                continue;
            Push(ref _freeBlocks[ClassOf(rest)], piece + size, rest);
            return piece;
        }

        return null;
    }

    // What is left between both ends of the full chunk becomes free vectors.
    private void KeepRest()
    {
        while (_high - _low >= sizeof(TreeNode) * 2)
        {
            int nodes = (int)Math.Min((_high - _low) / sizeof(TreeNode), 8);
            Push(ref _freeVectors[nodes], _low, nodes * sizeof(TreeNode));
            _low += nodes * sizeof(TreeNode);
        }
    }

    // The link to the next free piece lies at the end, so that a poisoned head stays poisoned.
    private void Push(ref nint list, byte* piece, int bytes)
    {
        Debug.Assert(bytes >= SmallestPieceBytes);
        if (_poison)
        {
            if (IsPoisoned(piece, bytes))
                throw new InvalidOperationException("zone memory was freed twice");
            new Span<byte>(piece, bytes).Fill(PoisonOctet);
        }

        Unsafe.WriteUnaligned(piece + bytes - sizeof(nint), list);
        list = (nint)piece;
    }

    private byte* Pop(ref nint list, int bytes)
    {
        byte* piece = (byte*)list;
        if (piece == null)
            return null;
        list = Unsafe.ReadUnaligned<nint>(piece + bytes - sizeof(nint));
        if (_poison)
        {
            if (!IsPoisoned(piece, bytes))
                throw new InvalidOperationException("zone memory was written to after it was freed");
            new Span<byte>(piece, bytes).Clear();
        }

        return piece;
    }

    private static bool IsPoisoned(byte* piece, int bytes) =>
        !new ReadOnlySpan<byte>(piece, bytes - sizeof(nint)).ContainsAnyExcept(PoisonOctet);
}
